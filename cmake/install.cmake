# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` writes: the library and its header, the command (CMakeLists.txt), the rules,
# and the two descriptions by which others find the library.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/obstat)

install(TARGETS obstat EXPORT obstatTargets)
install(DIRECTORY include/obstat TYPE INCLUDE FILES_MATCHING PATTERN "*.h")
if(EXISTS ${PROJECT_SOURCE_DIR}/rules)
    # The tests of rules check the examples, which therefore stand beside them.
    install(DIRECTORY rules examples DESTINATION ${CMAKE_INSTALL_DATADIR}/obstat)
endif()

# A static library leaves its own libraries to whoever links it.
if(BUILD_SHARED_LIBS)
    set(requires "Requires.private")
    set(libm "")
else()
    set(requires "Requires")
    set(libm " -lm")
endif()
file(RELATIVE_PATH prefix_from_pkgconfig
    ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/obstat.pc.in obstat.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/obstat.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

configure_package_config_file(cmake/obstatConfig.cmake.in obstatConfig.cmake
    INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(obstatConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
    ${PROJECT_BINARY_DIR}/obstatConfig.cmake
    ${PROJECT_BINARY_DIR}/obstatConfigVersion.cmake
    DESTINATION ${package_dir})
install(EXPORT obstatTargets NAMESPACE obstat:: DESTINATION ${package_dir})
