# cmake -DSTYLE=report.css -DMAP=europe_map.txt -DOUTPUT=embedded.cpp -P embed.cmake
# Writes a source file that holds both texts, so that the program needs no file at run time.
cmake_minimum_required(VERSION 3.25)
file(READ ${STYLE} style)
file(READ ${MAP} map)
file(WRITE ${OUTPUT} "// Made by embed.cmake; do not edit.
#include \"html/embedded.hpp\"

namespace gigasim::report::html {

std::string_view style_sheet() {
  return R\"css(${style})css\";
}

std::string_view europe_map() {
  return R\"map(${map})map\";
}

}  // namespace gigasim::report::html
")
