# Tests: C unit tests (tests/unit/*.c, one program each), the lit suite, lint, fuzz targets.
# The target check builds everything and runs it all but the fuzz targets.

enable_testing()
file(GLOB unit_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/*.c)
if(NOT NNLC_HDF5_LIBRARIES)
  list(FILTER unit_tests EXCLUDE REGEX "/hdf5\\.c$")
endif()
if(NOT NNLC_JANSSON_LIBRARY)
  list(FILTER unit_tests EXCLUDE REGEX "/keras_text\\.c$")
endif()
if(NOT NNLC_CAIRO_LIBRARIES)
  list(FILTER unit_tests EXCLUDE REGEX "/plot_png\\.c$")
endif()
set(unit_targets "")
set(everything
  -Wl,--start-group nnlc_image nnlc_emit nnlc_target nnlc_plan nnlc_schedule nnlc_interp nnlc_passes
  nnlc_optim nnlc_grad nnlc_layers nnlc_program nnlc_ops nnlc_graph nnlc_keras nnlc_defs nnlc_parser nnlc_lexer
  nnlc_support nnrt -Wl,--end-group)
foreach(source ${unit_tests})
  get_filename_component(name ${source} NAME_WE)
  add_executable(unit_${name} ${source})
  target_link_libraries(unit_${name} PRIVATE ${everything})
  target_include_directories(unit_${name} SYSTEM PRIVATE ${LLVM_INCLUDE_DIRS})
  file(STRINGS ${source} wants REGEX "links: ")
  foreach(line ${wants})                      # a comment "links: mpfr gmp" in the test's text
    string(REGEX REPLACE ".*links: *([a-z ]+).*" "\\1" libs "${line}")
    separate_arguments(libs)
    target_link_libraries(unit_${name} PRIVATE ${libs})
    if(libs MATCHES "cairo")
      target_include_directories(unit_${name} SYSTEM PRIVATE ${NNLC_CAIRO_INCLUDE})
    endif()
  endforeach()
  file(STRINGS ${source} wants REGEX "wraps: ")
  foreach(line ${wants})                      # "wraps: malloc": calls reach __wrap_malloc of the test
    string(REGEX REPLACE ".*wraps: *([A-Za-z_ ]+).*" "\\1" names "${line}")
    separate_arguments(names)
    foreach(function ${names})
      target_link_options(unit_${name} PRIVATE -Wl,--wrap=${function})
    endforeach()
  endforeach()
  set_target_properties(unit_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
  list(APPEND unit_targets unit_${name})
endforeach()
add_custom_target(unit DEPENDS ${unit_targets})

find_program(NNLC_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)   # has Debian's python3-numpy
find_program(NNLC_PYTHON python3 REQUIRED)
configure_file(tests/lit.site.cfg.py.in tests/lit.site.cfg.py @ONLY)
add_custom_target(check
  COMMAND ${NNLC_PYTHON} ${CMAKE_SOURCE_DIR}/tests/run.py ${CMAKE_BINARY_DIR}
  DEPENDS unit USES_TERMINAL)
if(TARGET nnlc)
  add_dependencies(check nnlc)
endif()
add_test(NAME all COMMAND ${NNLC_PYTHON} ${CMAKE_SOURCE_DIR}/tests/run.py ${CMAKE_BINARY_DIR})

if(NNLC_FUZZ)                                  # needs clang; tests/run.py --only=fuzz runs them
  add_custom_target(fuzz)
  target_compile_options(nnlc_flags INTERFACE -fsanitize=fuzzer-no-link)
  file(GLOB fuzz_targets CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*.c)
  foreach(source ${fuzz_targets})
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} ${source})
    target_link_libraries(fuzz_${name} PRIVATE ${everything})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
    add_dependencies(fuzz fuzz_${name})
  endforeach()
endif()
