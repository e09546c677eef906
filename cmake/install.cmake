# cmake --install: a tree that works from anywhere. nnlc finds the runtime beside itself
# (driver/files.c, runtime_archive).
install(TARGETS nnlc RUNTIME DESTINATION bin)
install(FILES $<TARGET_FILE:nnrt> DESTINATION lib/nnlc)
foreach(triple ${nnrt_cross})
  add_dependencies(nnlc nnrt_${triple})           # so that --target nnlc makes all that is installed
  install(FILES ${CMAKE_BINARY_DIR}/lib/${triple}/libnnrt.a DESTINATION lib/nnlc/${triple})
endforeach()
install(DIRECTORY examples/ DESTINATION share/nnlc/examples)
install(DIRECTORY docs/ DESTINATION share/doc/nnlc)
install(FILES README.md LICENSE DESTINATION share/doc/nnlc)
