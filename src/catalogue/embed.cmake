# cmake -DTABLES="a.csv;b.csv" -DOUTPUT=embedded_tables.cpp -P embed.cmake
# Writes a source file that holds each table as raw string literals. A literal must stay below 64 KiB, the limit of some
# compilers, so a table is cut into pieces; cuts are at line ends, so that a piece is whole text.
cmake_minimum_required(VERSION 3.25)
set(limit 60000)

function(next_piece text piece_var rest_var)
  string(LENGTH "${text}" length)
  if(length LESS_EQUAL limit)
    set(${piece_var} "${text}" PARENT_SCOPE)
    set(${rest_var} "" PARENT_SCOPE)
    return()
  endif()
  string(SUBSTRING "${text}" 0 ${limit} head)
  string(FIND "${head}" "\n" cut REVERSE)
  if(cut EQUAL -1)
    message(FATAL_ERROR "a line is longer than ${limit} bytes")
  endif()
  math(EXPR cut "${cut} + 1")
  string(SUBSTRING "${text}" 0 ${cut} head)
  string(SUBSTRING "${text}" ${cut} -1 tail)
  set(${piece_var} "${head}" PARENT_SCOPE)
  set(${rest_var} "${tail}" PARENT_SCOPE)
endfunction()

set(arrays "")
set(entries "")
set(index 0)
foreach(table ${TABLES})
  get_filename_component(file ${table} NAME)
  file(READ ${table} text)
  set(pieces "")
  while(NOT text STREQUAL "")
    next_piece("${text}" piece text)
    string(APPEND pieces "    R\"csv(${piece})csv\",\n")
  endwhile()
  string(APPEND arrays "constexpr std::string_view kTable${index}[] = {\n${pieces}};\n")
  string(APPEND entries "    {\"${file}\", kTable${index}},\n")
  math(EXPR index "${index} + 1")
endforeach()

file(WRITE ${OUTPUT} "// Made by embed.cmake from the tables; do not edit.
#include \"embedded.hpp\"

namespace gigasim::catalogue {
namespace {
${arrays}
constexpr EmbeddedTable kTables[] = {
${entries}};
}  // namespace

std::span<const EmbeddedTable> embedded_tables() { return kTables; }

}  // namespace gigasim::catalogue
")
