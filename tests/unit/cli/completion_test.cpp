#include "completion.hpp"

#include <catch2/catch.hpp>

#include "sample_app.hpp"

using namespace gigasim::cli;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("bash completion knows each command's words", "[cli][help]") {
  const sample::SampleApp sample;
  const std::string script = bash_completion(describe(sample.app));
  CHECK(has(script,
            "    'sim run')\n      commands=''\n      options='-h --help -o --output --set -q --quiet --color'\n"
            "      valued='-o --output --set --color'\n      ;;\n"));
  CHECK(has(script, "    'sim facts list '1) _gigasim_words 'a b' ;;\n"));
}

TEST_CASE("zsh completion escapes what its specifications use", "[cli][help]") {
  const sample::SampleApp sample;
  const std::string script = zsh_completion(describe(sample.app));
  CHECK(has(script, "'run:simulate [it]\\: don'\\''t wait'\n"));
  CHECK(has(script, "'(-o --output)'{-o+,--output=}'[where\\\\to]:DIR:_files -/'"));
  CHECK(has(script, "'*'--set='[change it]:PATH=VALUE: '"));
}

TEST_CASE("fish completion escapes quotes and tells nested commands apart", "[cli][help]") {
  const sample::SampleApp sample;
  const std::string script = fish_completion(describe(sample.app));
  CHECK(has(script, "set -l known 'run' 'facts' 'facts list'\n"));
  CHECK(has(script, "complete -c gigasim -n \"__gigasim_in ''\" -a run -d 'simulate [it]: don\\'t wait'\n"));
  CHECK(has(script,
            "complete -c gigasim -n \"__gigasim_in 'run'\" -s o -l output -x -a '(__fish_complete_directories)' "
            "-d 'where\\\\to'\n"));
}
