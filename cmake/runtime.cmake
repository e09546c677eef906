# The runtime: plain C, one archive that trainers are linked with (lib/libnnrt.a).

nnlc_library(nnrt_abi runtime/abi)
nnlc_library(nnrt_math runtime/math nnrt_abi)

# Fused multiply-adds in one instruction instead of a call: every trainer needs a processor with them.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set_source_files_properties(runtime/math/math_eval.c PROPERTIES COMPILE_OPTIONS "-mfma")
endif()

file(GLOB_RECURSE runtime_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/runtime/*.c)

# HDF5 (libhdf5-dev) is optional: without it there are no files *_hdf5.c in the archive, and nnlc and its trainers
# say so where they meet such a file. Trainers that use it are linked with these libraries, in this order.
find_path(NNLC_HDF5_INCLUDE hdf5.h PATHS /usr/include/hdf5/serial NO_DEFAULT_PATH)
find_path(NNLC_HDF5_INCLUDE hdf5.h)
set(NNLC_HDF5_LIBRARIES "")
foreach(library libhdf5_serial.a libsz.a libaec.a)
  find_library(NNLC_${library} ${library})
  list(APPEND NNLC_HDF5_LIBRARIES ${NNLC_${library}})
endforeach()
if(NOT NNLC_HDF5_INCLUDE OR NOT NNLC_libhdf5_serial.a)
  message(STATUS "HDF5 was not found: nnlc is built without .h5 and .keras files")
  list(FILTER runtime_sources EXCLUDE REGEX "_hdf5\\.c$")
  set(NNLC_HDF5_LIBRARIES "")
else()
  file(GLOB_RECURSE hdf5_sources ${CMAKE_SOURCE_DIR}/runtime/*_hdf5.c)
  set_source_files_properties(${hdf5_sources} PROPERTIES COMPILE_OPTIONS "-isystem;${NNLC_HDF5_INCLUDE}")
endif()

# Cairo and FreeType (libcairo2-dev, libfreetype-dev) with DejaVu Sans (fonts-dejavu-core) are optional: without them
# there are no files *_cairo.* in the archive, and nnlc and its trainers draw .svg only. Trainers that make a .png are
# linked with the shared libraries.
find_path(NNLC_CAIRO_INCLUDE cairo-ft.h PATH_SUFFIXES cairo)
find_path(NNLC_FREETYPE_INCLUDE ft2build.h PATH_SUFFIXES freetype2)
find_library(NNLC_CAIRO_LIBRARY cairo)
find_library(NNLC_FREETYPE_LIBRARY freetype)
find_file(NNLC_FONT DejaVuSans.ttf PATHS /usr/share/fonts/truetype/dejavu /usr/share/fonts/dejavu-sans-fonts
  /usr/share/fonts/TTF)
set(NNLC_CAIRO_LIBRARIES "")
if(NNLC_CAIRO_INCLUDE AND NNLC_FREETYPE_INCLUDE AND NNLC_CAIRO_LIBRARY AND NNLC_FREETYPE_LIBRARY AND NNLC_FONT)
  enable_language(ASM)
  set(NNLC_CAIRO_LIBRARIES ${NNLC_CAIRO_LIBRARY} ${NNLC_FREETYPE_LIBRARY})
  list(APPEND runtime_sources ${CMAKE_SOURCE_DIR}/runtime/plot/font_cairo.S)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/runtime/plot/png_cairo.c PROPERTIES
    COMPILE_OPTIONS "-isystem;${NNLC_CAIRO_INCLUDE};-isystem;${NNLC_FREETYPE_INCLUDE}")
  set_source_files_properties(${CMAKE_SOURCE_DIR}/runtime/plot/font_cairo.S PROPERTIES
    COMPILE_DEFINITIONS "NNLC_FONT=\"${NNLC_FONT}\"" OBJECT_DEPENDS ${NNLC_FONT})
else()
  message(STATUS "Cairo, FreeType or DejaVu Sans was not found: nnlc is built without .png pictures")
  list(FILTER runtime_sources EXCLUDE REGEX "_cairo\\.c$")
endif()
if(runtime_sources)
  add_library(nnrt STATIC ${runtime_sources})
  if(TARGET nnlc AND NNLC_HDF5_LIBRARIES)
    target_link_options(nnlc PRIVATE -Wl,-u,rt_hdf5_library)
  endif()
  if(TARGET nnlc AND NNLC_CAIRO_LIBRARIES)
    target_link_options(nnlc PRIVATE -Wl,-u,rt_plot_cairo)
    target_link_libraries(nnlc PRIVATE ${NNLC_CAIRO_LIBRARIES})
  endif()
  target_link_libraries(nnrt PUBLIC nnlc_flags ${NNLC_HDF5_LIBRARIES} ZLIB::ZLIB Threads::Threads ${CMAKE_DL_LIBS} m)
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
  list(FILTER sources EXCLUDE REGEX "_(hdf5|cairo)\\.[cS]$")   # there are no such libraries for other systems
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
