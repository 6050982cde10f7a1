#include "man_page.hpp"

#include <catch2/catch.hpp>

#include "sample_app.hpp"

using namespace gigasim::cli;

TEST_CASE("a manual page says all that is declared, with roff's own characters escaped", "[cli][help]") {
  const sample::SampleApp sample;
  const CommandInfo root = describe(sample.app);
  const std::string page = man_page(root.subcommands[0], root, "1.2", "");
  const std::string expected = R"(.\" Written by `gigasim man` from the declarations of the command line.
.TH SIM-RUN 1 "" "sim 1.2" "User Commands"
.SH NAME
sim\-run \- simulate [it]: don't wait
.SH SYNOPSIS
\fBsim run\fP [\fIOPTIONS\fP] \fISCENARIO\fP
.SH DESCRIPTION
Simulate [it]: don't wait.
.SH ARGUMENTS
.TP
\fISCENARIO\fP
A \fBscenario\fP.
.SH OPTIONS
.TP
\fB\-h\fP, \fB\-\-help\fP
Help.
.TP
\fB\-o\fP, \fB\-\-output\fP \fIDIR\fP
Where\eto.
.TP
\fB\-\-set\fP \fIPATH=VALUE\fP
Change it.
.TP
\fB\-q\fP, \fB\-\-quiet\fP
\&.silent.
.SH GLOBAL OPTIONS
.TP
\fB\-\-color\fP \fIauto|never\fP
Colour it. Default: \fBauto\fP.
.SH EXIT STATUS
)";
  CHECK(page.substr(0, expected.size()) == expected);
  CHECK(page.ends_with(".SH SEE ALSO\n\\fBsim\\fP(1)\n"));
}

TEST_CASE("the page of the program lists its subcommands", "[cli][help]") {
  const sample::SampleApp sample;
  const CommandInfo root = describe(sample.app);
  const std::string page = man_page(root, root, "1.2", "2027-01-01");
  CHECK(page.find(".TH SIM 1 \"2027-01-01\" \"sim 1.2\" \"User Commands\"\n.SH NAME\nsim \\- a simulator\n") !=
        std::string::npos);
  CHECK(page.find(".SH COMMANDS\n.TP\n\\fBsim\\-run\\fP(1)\nSimulate [it]: don't wait.\n") != std::string::npos);
}

TEST_CASE("a page lists the exit codes of its own command only", "[cli][help]") {
  CommandInfo root;
  root.path = {"gigasim"};
  CommandInfo list;
  list.path = {"gigasim", "schema"};
  const std::string page = man_page(list, root, "1", "");
  CHECK(page.find("\\fB2\\fP\nUsage error") != std::string::npos);
  CHECK(page.find("Interrupted") == std::string::npos);
}
