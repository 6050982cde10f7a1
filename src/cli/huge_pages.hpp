#pragma once

namespace gigasim::cli {

/// Asks for pages of 2 MiB for the first GiB of the heap. A simulation jumps between thousands of actors, jobs and
/// executions: with pages of 4 KiB a quarter of its time goes into looking up addresses. Where the kernel has no such
/// pages nothing changes.
void use_huge_pages();

}  // namespace gigasim::cli
