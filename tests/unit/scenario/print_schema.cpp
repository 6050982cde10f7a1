#include <iostream>

#include "gigasim/scenario/load.hpp"

int main() {
  std::cout << gigasim::scenario::json_schema();
}
