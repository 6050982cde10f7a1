#!/usr/bin/env python3
"""The same scenario and seed give the same bytes: twice, and with fused multiply-add and AVX2 hidden. Adding a site or a stream
does not change the arrivals of the others.

  determinism.py GIGASIM WORK_DIR
"""
import filecmp
import sys

from support import ROOT, check, finish, fresh, gigasim, jobs, results, within

HIDDEN = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-AVX2_Usable,-FMA_Usable"}


def same_bytes(a, b):
    names = sorted(p.name for p in a.iterdir())
    if names != sorted(p.name for p in b.iterdir()):
        return False
    return all(name == "run.log" or filecmp.cmp(a / name, b / name, shallow=False) for name in names)


def arrivals(folder):
    """Per stream: what was submitted, whatever became of it."""
    streams = {}
    for row in jobs(folder):
        # Not the request: users ask for less time on a faster machine.
        submitted = tuple(row[c] for c in ("job_id", "origin", "accelerators", "submit_time_s"))
        streams.setdefault(row["stream"], []).append(submitted)
    return streams


def late_sites_meet_the_same_demand(binary, work):
    """A delay takes exactly the hours that the results call lost, and no job from the users. The gigafactories
    are planned for 2028-12-01 and come 274 days later."""
    folders = [work / "on-time", work / "late"]
    for folder, variant in zip(folders, ([], ["--variant", "nine-months-late"])):
        gigasim(binary, "run", ROOT / "scenarios" / "rollout-2026-2030.yaml", *variant, "--set", "period.start=2028-10-01",
                "--set", "period.length=400 d", "--set", "workload.demand.load=2 %", "-o", folder, "--quiet", expect=None)
    check(len(jobs(folders[0])) > 900, "rollout: there are jobs to compare")
    check(arrivals(folders[0]) == arrivals(folders[1]), "a variant with late sites meets the same arrivals")
    on_time, late = (results(folder)["network"] for folder in folders)
    missing = on_time["h100_equivalent_hours_available"] - late["h100_equivalent_hours_available"]
    lost = late["h100_equivalent_hours_lost_to_delay"]
    check(lost > 0 and within(missing, lost, 1e-12), f"what is not available is what is lost to the delay: {missing}, {lost}")


def single_requests_are_the_same(binary, work):
    """Two services request by request, one of them from a trace, on sites that training shares."""
    trace = work / "trace.csv"
    rows = [f"2024-05-10 00:{second // 60:02}:{second % 60:02}.{(second * 7919) % 1000:03}+00:00,{100 + second * 37 % 3000},"
            f"{1 + second * 13 % 500}" for second in range(1800)]
    trace.write_text("TIMESTAMP,ContextTokens,GeneratedTokens\n" + "\n".join(rows) + "\n")
    file = work / "requests.yaml"
    file.write_text("""
gigasim: 1
period: { start: 2027-01-01, warm_up: 30 min, length: 2 h }
sites:
  - { name: paris, country: FR, location: [48.8, 2.3], partitions: [{ accelerator: H100, count: 16 }] }
  - { name: bonn, country: DE, location: [50.7, 7.1], partitions: [{ accelerator: H100, count: 16 }] }
workload:
  streams:
    - { name: tuning, arrivals: { rate: 20 jobs/h }, job: { accelerators: 8, runtime: 20 min } }
  services:
    - name: chat
      ai_model: llama-3.1-8b
      demand: { origin: { FR: 1, DE: 1 }, peak: 30 requests/s, bursts: { sigma: 0.7, length: 10 min }, request_lengths: azure_conversation }
      slo: { ttft_p95: 1 s }
      fidelity: requests
    - name: replayed
      ai_model: llama-3.1-8b
      demand: { origin: { FR: 1, DE: 1 }, trace: { file: trace.csv, scale: 2.5, repeat: true } }
      when_short: queue
      fidelity: requests
scheduling: { broker: nearest, preemption: [{ name: services, by: stream=chat, of: stream=tuning, mode: requeue }] }
""")
    folders = [work / f"requests-{run}" for run in ("first", "second", "hidden")]
    for folder, env in zip(folders, ({}, {}, HIDDEN)):
        gigasim(binary, "run", file, "-o", folder, "--quiet", env=env)
    served = [service["requests_served"] for service in results(folders[0])["services"]]
    # The trace: 2.5 requests a second in the two hours of the results.
    check(served[0] > 10000 and 17000 < served[1] < 19000, f"requests one by one: there are some to compare: {served}")
    check(same_bytes(folders[0], folders[1]), "requests one by one: two runs give the same bytes")
    check(same_bytes(folders[0], folders[2]), "requests one by one: hidden FMA and AVX2 give the same bytes")


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    for name in ("single-site", "eu-network", "replay-swf"):
        file = ROOT / "scenarios" / f"{name}.yaml"
        folders = [work / f"{name}-{run}" for run in ("first", "second", "hidden")]
        for folder, env in zip(folders, ({}, {}, HIDDEN)):
            gigasim(binary, "run", file, "-o", folder, "--quiet", env=env)
        check(len(jobs(folders[0])) > 900, f"{name}: there are jobs to compare")
        check(same_bytes(folders[0], folders[1]), f"{name}: two runs give the same bytes")
        check(same_bytes(folders[0], folders[2]), f"{name}: hidden FMA and AVX2 give the same bytes")

    base = ROOT / "scenarios" / "eu-network.yaml"
    more = work / "more.yaml"
    more.write_text(f"""
gigasim: 1
extends: {base}
expect: []
workload:
  demand: {{ of: {{ H100: 40000 accelerators }} }}
sites:
  - {{ name: newcomer, country: LU, location: [49.6, 6.1], partitions: [{{ accelerator: H100, count: 512 }}] }}
""")
    plain = work / "plain.yaml"
    plain.write_text(f"gigasim: 1\nextends: {base}\nexpect: []\nworkload: {{ demand: {{ of: {{ H100: 40000 accelerators }} }} }}\n")
    stream = work / "stream.yaml"
    stream.write_text(f"""
gigasim: 1
extends: {base}
expect: []
workload:
  demand: {{ of: {{ H100: 40000 accelerators }} }}
  streams:
    - {{ name: another, arrivals: {{ rate: 20 jobs/h }}, job: {{ accelerators: 8, runtime: 1 h }} }}
""")
    for file in (plain, more, stream):
        gigasim(binary, "run", file, "-o", work / file.stem, "--quiet")
    before, site, added = (arrivals(work / file.stem) for file in (plain, more, stream))
    check(before == site, "a site more leaves every arrival as it was")
    check("another" in added and all(added[name] == before[name] for name in before),
          "a stream more leaves the arrivals of the others as they were")
    gigasim(binary, "run", plain, "--seed", 7, "-o", work / "seed", "--quiet")
    check(arrivals(work / "seed") != before, "another seed gives other arrivals")
    single_requests_are_the_same(binary, work)
    late_sites_meet_the_same_demand(binary, work)
    finish()


main()
