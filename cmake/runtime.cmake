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
else()
  add_library(nnrt INTERFACE)
endif()
