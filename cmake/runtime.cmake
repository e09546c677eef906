# The runtime: plain C, one archive that trainers are linked with (lib/libnnrt.a).

nnlc_library(nnrt_abi runtime/abi)
nnlc_library(nnrt_math runtime/math nnrt_abi)

# Fused multiply-adds in one instruction instead of a call: every trainer needs a processor with them.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set_source_files_properties(runtime/math/math_eval.c PROPERTIES COMPILE_OPTIONS "-mfma")
endif()

file(GLOB_RECURSE runtime_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/runtime/*.c)
if(runtime_sources)
  add_library(nnrt STATIC ${runtime_sources})
  target_link_libraries(nnrt PUBLIC nnlc_flags ZLIB::ZLIB Threads::Threads m)
  target_compile_options(nnrt PRIVATE -ffunction-sections -fdata-sections)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")  # atomics without the compiler's library
    target_compile_options(nnrt PRIVATE -mno-outline-atomics)
  endif()
else()
  add_library(nnrt INTERFACE)
endif()

# The runtime for another system, for `nnlc --target=TRIPLE`: built where Debian's cross compiler is
# installed (gcc-aarch64-linux-gnu), as lib/TRIPLE/libnnrt.a. Compressed files need that system's zlib.
set(NNLC_CROSS "aarch64-linux-gnu" CACHE STRING "Triples that the runtime is built for, too")
set(nnrt_cross "")
foreach(triple ${NNLC_CROSS})
  find_program(NNLC_CC_${triple} ${triple}-gcc)
  if(NOT NNLC_CC_${triple} OR CMAKE_C_COMPILER_TARGET STREQUAL triple OR NNLC_SANITIZE)
    continue()
  endif()
  set(sources ${runtime_sources})
  set(options "")
  if(triple MATCHES "^aarch64-")
    set(options -mno-outline-atomics)            # no functions of the compiler's library
  endif()
  if(NOT EXISTS /usr/lib/${triple}/libz.a)
    list(FILTER sources EXCLUDE REGEX "_zlib\\.c$")
  endif()
  set(objects "")
  foreach(source ${sources})
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${source})
    set(object ${CMAKE_BINARY_DIR}/cross/${triple}/${name}.o)
    get_filename_component(folder ${object} DIRECTORY)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(OUTPUT ${object}
      COMMAND ${NNLC_CC_${triple}} -std=c11 -O2 -DNDEBUG -D_XOPEN_SOURCE=700 -fPIC -ffunction-sections
        -fdata-sections -ffp-contract=off -fno-math-errno -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.
        -Wall -Wextra ${options} -I${CMAKE_SOURCE_DIR} -MD -MF ${object}.d -MT ${object} -c ${source} -o ${object}
      DEPENDS ${source} DEPFILE ${object}.d COMMENT "${triple}: ${name}" VERBATIM)
    list(APPEND objects ${object})
  endforeach()
  set(archive ${CMAKE_BINARY_DIR}/lib/${triple}/libnnrt.a)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/lib/${triple})
  add_custom_command(OUTPUT ${archive}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${archive}
    COMMAND ${triple}-ar rcs ${archive} ${objects} DEPENDS ${objects} VERBATIM)
  add_custom_target(nnrt_${triple} ALL DEPENDS ${archive})
  list(APPEND nnrt_cross ${triple})
endforeach()
