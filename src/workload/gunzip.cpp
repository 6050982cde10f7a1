#include "gunzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <vector>

namespace gigasim::workload {
namespace {

constexpr std::size_t kBlock = 1U << 18U;
constexpr int kGzipWindow = 15 + 16;  // zlib: the largest window, gzip wrapping

/// zlib's state for one file, released at the end.
class Inflater {
 public:
  explicit Inflater(std::string_view bytes) : block_(kBlock) {
    // zlib takes its input through a pointer to non-const that it never writes through.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    if (inflateInit2(&stream_, kGzipWindow) != Z_OK) throw std::bad_alloc{};
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  Inflater(Inflater&&) = delete;
  Inflater& operator=(Inflater&&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  /// Unpacks up to one block onto `text` and returns zlib's verdict.
  int step(std::string& text) {
    stream_.next_out = block_.data();
    stream_.avail_out = static_cast<uInt>(block_.size());
    const int verdict = inflate(&stream_, Z_NO_FLUSH);
    text.append(reinterpret_cast<const char*>(block_.data()), block_.size() - stream_.avail_out);
    return verdict;
  }

  /// Goes on with the next member; false when none follows.
  bool next_member() {
    const auto* const begin = stream_.next_in;
    const auto* const end = begin + stream_.avail_in;
    if (std::all_of(begin, end, [](Bytef b) { return b == 0; })) return false;
    inflateReset(&stream_);
    return true;
  }

 private:
  z_stream stream_{};
  std::vector<Bytef> block_;
};

}  // namespace

bool looks_like_gzip(std::string_view bytes) {
  return bytes.substr(0, 2) == "\x1f\x8b";
}

Gunzipped gunzip(std::string_view bytes, std::size_t longest) {
  Gunzipped result;
  Inflater inflater{bytes};
  for (;;) {
    const int verdict = inflater.step(result.text);
    if (verdict == Z_STREAM_END && !inflater.next_member()) return result;
    if (verdict != Z_OK && verdict != Z_STREAM_END) {
      result.problem = verdict == Z_BUF_ERROR ? GunzipProblem::kTruncated : GunzipProblem::kDamaged;
      return result;
    }
    if (result.text.size() > longest) {
      result.problem = GunzipProblem::kTooLong;
      return result;
    }
  }
}

}  // namespace gigasim::workload
