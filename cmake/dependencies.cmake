# SPDX-License-Identifier: Apache-2.0
# Finds libraries by pkg-config. What is missing is named as the reader must install it: the Debian
# package is looked up in .ci/packages, the only place that knows it.
set(OBSTAT_PACKAGES "${CMAKE_CURRENT_LIST_DIR}/../.ci/packages")

# obstat_find(yaml yaml-0.1): the target PkgConfig::yaml, or an end with a clear message.
function(obstat_find name module)
    pkg_check_modules(${name} QUIET IMPORTED_TARGET GLOBAL ${module})
    if(${name}_FOUND)
        return()
    endif()
    file(STRINGS "${OBSTAT_PACKAGES}" line REGEX "[ \t]${module}$")
    string(REGEX REPLACE "^[a-z]+[ \t]+([^ \t]+).*" "\\1" package "${line}")
    message(FATAL_ERROR "obstat needs the library ${module}, which pkg-config does not find.\n"
        "On Debian it is the package ${package}; `.ci/setup` installs everything that is missing.")
endfunction()

find_package(PkgConfig)
if(NOT PkgConfig_FOUND)
    message(FATAL_ERROR "obstat finds its libraries by pkg-config, which is not here.\n"
        "On Debian it is the package pkg-config; `.ci/setup` installs everything that is missing.")
endif()
obstat_find(yaml yaml-0.1)
obstat_find(pcre2 libpcre2-8)
obstat_find(utf8proc libutf8proc)
if(BUILD_TESTING)
    obstat_find(cunit cunit)
endif()
