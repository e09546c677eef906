# The compiler: one library per folder, in the order in which a program passes through them.

find_library(UNISTRING_LIBRARY unistring REQUIRED)

nnlc_library(nnlc_support support nnrt_abi ${UNISTRING_LIBRARY})

flex_target(scanner lexer/scanner.l ${CMAKE_BINARY_DIR}/generated/lexer/scanner.c
  DEFINES_FILE ${CMAKE_BINARY_DIR}/generated/lexer/scanner.h)
bison_target(grammar parser/grammar.y ${CMAKE_BINARY_DIR}/generated/parser/grammar.c
  DEFINES_FILE ${CMAKE_BINARY_DIR}/generated/parser/grammar.h
  COMPILE_FLAGS "-Wall -Wcounterexamples -Werror")
add_flex_bison_dependency(scanner grammar)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated/lexer ${CMAKE_BINARY_DIR}/generated/parser)
set_source_files_properties(${FLEX_scanner_OUTPUTS} ${BISON_grammar_OUTPUT_SOURCE} PROPERTIES
  COMPILE_OPTIONS "-Wno-sign-compare;-Wno-unused-parameter;-Wno-unused-function;-Wno-missing-prototypes;-Wno-shadow;-Wno-unused-but-set-variable;-Wno-conversion")

nnlc_library(nnlc_lexer lexer nnlc_support)
target_sources(nnlc_lexer PRIVATE ${FLEX_scanner_OUTPUTS})
add_custom_target(nnlc_grammar_files DEPENDS ${BISON_grammar_OUTPUT_SOURCE} ${FLEX_scanner_OUTPUTS})
add_dependencies(nnlc_lexer nnlc_grammar_files)

nnlc_library(nnlc_parser parser nnlc_lexer)
target_sources(nnlc_parser PRIVATE ${BISON_grammar_OUTPUT_SOURCE})
add_dependencies(nnlc_parser nnlc_grammar_files)

nnlc_library(nnlc_defs ir/defs nnlc_support nnrt_abi)
nnlc_library(nnlc_graph ir/graph nnlc_defs nnrt_abi)
nnlc_library(nnlc_ops ir/ops nnlc_graph)
nnlc_library(nnlc_program ir/program nnlc_parser nnlc_defs nnrt_abi nnrt_math)
# The text that every program can use.
file(READ ${CMAKE_SOURCE_DIR}/ir/program/prelude.nn prelude HEX)
string(REGEX REPLACE "(..)" "0x\\1," prelude "${prelude}")
set(prelude_c ${CMAKE_BINARY_DIR}/generated/ir/program/prelude_text.c)
file(CONFIGURE OUTPUT ${prelude_c} @ONLY CONTENT "#include \"ir/program/prelude.h\"
const char prelude_text[] = {@prelude@0};
")
target_sources(nnlc_program PRIVATE ${prelude_c})
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ir/program/prelude.nn)
nnlc_library(nnlc_layers ir/layers nnlc_program nnlc_graph nnrt_math)
nnlc_library(nnlc_grad ir/grad nnlc_graph)
nnlc_library(nnlc_optim ir/optim nnlc_graph)
nnlc_library(nnlc_passes ir/passes nnlc_graph)
nnlc_library(nnlc_interp ir/interp nnlc_graph nnrt_math)

nnlc_library(nnlc_schedule codegen/schedule nnlc_graph)
nnlc_library(nnlc_plan codegen/plan nnlc_schedule)
nnlc_library(nnlc_emit codegen/emit nnlc_plan nnrt_math)
nnlc_library(nnlc_target codegen/target nnlc_support)
nnlc_library(nnlc_keras ir/keras nnlc_layers)

# jansson (libjansson-dev) is optional, for nnlc only: without it nnlc says so where it meets a file of Keras.
find_path(NNLC_JANSSON_INCLUDE jansson.h)
find_library(NNLC_JANSSON_LIBRARY jansson)
set(json_unused ${CMAKE_SOURCE_DIR}/ir/keras/json_without.c)
if(NOT NNLC_JANSSON_INCLUDE OR NOT NNLC_JANSSON_LIBRARY)
  message(STATUS "jansson was not found: nnlc is built without reading models of Keras")
  set(NNLC_JANSSON_LIBRARY "")
  set(json_unused ${CMAKE_SOURCE_DIR}/ir/keras/json_jansson.c)
endif()
set_source_files_properties(${json_unused} PROPERTIES HEADER_FILE_ONLY ON)
target_link_libraries(nnlc_keras PUBLIC ${NNLC_JANSSON_LIBRARY})
nnlc_library(nnlc_image codegen/image nnlc_plan nnlc_keras)
foreach(lib nnlc_emit nnlc_target)
  get_target_property(kind ${lib} TYPE)
  if(NOT kind STREQUAL "INTERFACE_LIBRARY")
    target_include_directories(${lib} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS})
    target_link_libraries(${lib} PUBLIC LLVM)
  endif()
endforeach()

file(GLOB driver_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/driver/*.c)
if(driver_sources)
  add_executable(nnlc ${driver_sources})
  target_link_libraries(nnlc PRIVATE
    -Wl,--start-group nnlc_image nnlc_emit nnlc_target nnlc_plan nnlc_schedule nnlc_interp
    nnlc_passes nnlc_optim nnlc_grad nnlc_layers nnlc_program nnlc_ops nnlc_graph nnlc_keras nnlc_defs
    nnlc_parser nnlc_lexer nnlc_support nnrt -Wl,--end-group -Wl,-u,rt_inflate_zlib)
  target_compile_definitions(nnlc PRIVATE NNLC_VERSION="${PROJECT_VERSION}")
endif()
