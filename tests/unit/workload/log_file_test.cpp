#include "log_file.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>

#include "gigasim/units/digest.hpp"
#include "gunzip.hpp"
#include "logs.hpp"

using namespace gigasim;

namespace {

std::string gzip(std::string_view text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string long_log(int jobs) {
  std::string text = "; MaxProcs: 100\n";
  for (int i = 1; i <= jobs; ++i) text += std::to_string(i) + " " + std::to_string(7 * i) + " -1 9 4 -1 -1 4 9 -1 1\n";
  return text;
}

}  // namespace

TEST_CASE("a gzipped log reads like the plain one, with the digest of the packed file", "[workload][gzip]") {
  const logs::Folder folder;
  const std::string text = long_log(20000);  // 700 kB: several blocks
  const std::string packed = gzip(text);
  const workload::LogFile log = workload::read_log_file(folder.write("log.swf.gz", packed));
  CHECK(log.text == text);
  CHECK(log.digest == units::sha256_hex(packed));
  const auto imported = workload::import_swf({folder.file("log.swf.gz"), "swf", 1.0}, logs::rules());
  CHECK(imported.report.kept == 20000);
}

TEST_CASE("gzip members are joined, and zeros after the last are padding", "[workload][gzip]") {
  const auto unpacked = workload::gunzip(gzip("1 2\n") + gzip("3 4\n") + std::string(512, '\0'), 100);
  CHECK(unpacked.problem == workload::GunzipProblem::kNone);
  CHECK(unpacked.text == "1 2\n3 4\n");
}

TEST_CASE("a truncated gzip file is an error wherever it ends", "[workload][gzip][errors]") {
  const std::string packed = gzip(long_log(50));
  for (const std::size_t kept : {std::size_t{2}, std::size_t{9}, packed.size() / 2, packed.size() - 1}) {
    const auto unpacked = workload::gunzip(packed.substr(0, kept), 1U << 20U);
    CHECK(unpacked.problem == workload::GunzipProblem::kTruncated);
  }
  const logs::Folder folder;
  CHECK(logs::errors_of(folder.write("log.swf.gz", gzip("abc").substr(0, 8))) ==
        "log.swf.gz: gzip data end after 0 bytes of text: the file is truncated");
}

TEST_CASE("damaged gzip data are an error", "[workload][gzip][errors]") {
  std::string packed = gzip("1 0 -1 9 4 -1 -1 4 9 -1 1\n");
  packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1);  // in the checksum
  const logs::Folder folder;
  CHECK(logs::errors_of(folder.write("log.swf.gz", packed)) ==
        "log.swf.gz: gzip data end after 26 bytes of text: the file is damaged");
}

TEST_CASE("a gzip file that swells beyond the limit is refused", "[workload][gzip][errors]") {
  CHECK(workload::gunzip(gzip(std::string(4U << 20U, 'x')), 1U << 20U).problem == workload::GunzipProblem::kTooLong);
}
