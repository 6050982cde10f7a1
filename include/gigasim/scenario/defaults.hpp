#pragma once

#include "gigasim/units/model_constant.hpp"

/// What holds where a scenario says nothing and the catalogue knows nothing.
namespace gigasim::scenario {

inline const units::ModelConstant kDefaultPod{128,
                                              {"scenario.default_pod", "accelerators", "`sites[].partitions[].pod`",
                                               "assumption: 16 nodes of 8, half a SuperPOD unit", true}};
inline const units::ModelConstant kDefaultPue{1.2,
                                              {"scenario.default_pue", "", "`sites[].pue`",
                                               "assumption, within the 1.04 to 1.4 of the machines in the catalogue"}};
inline const units::ModelConstant kDefaultStorageCapacity{
    100e15, {"scenario.default_storage_capacity", "B", "`sites[].storage.capacity`", "assumption: LUMI has 88 PB"}};
inline const units::ModelConstant kDefaultStorageBandwidth{
    1e12,
    {"scenario.default_storage_bandwidth", "B/s", "`sites[].storage.bandwidth`, `gigasim replay`",
     "assumption: LUMI 2.7, MareNostrum 5 1.6, MeluXina 0.6 TB/s"}};
inline const units::ModelConstant kDefaultWanAccess{
    50e9,
    {"scenario.default_wan_access", "B/s", "`sites[].wan.access`, `gigasim replay`",
     "assumption: 400 Gbit/s, the middle class of the backbone model"}};
inline const units::ModelConstant kDefaultSpinePerAccelerator{
    25e9,
    {"scenario.default_spine_per_accelerator", "B/s", "`sites[].fabric.spine`, `gigasim replay`",
     "a port of 200 Gbit/s each, as on JUPITER and LUMI"}};
inline const units::ModelConstant kDefaultWalltimeLimit{
    72 * 3600.0,
    {"scenario.default_walltime_limit", "s", "walltime models: the longest request",
     "assumption: 72 h, the longest of "
     "the popular requests"}};
inline const units::ModelConstant kLendUpTo{
    4 * 3600.0,
    {"scenario.lend_up_to", "s", "`scheduling.privileges[].lend_up_to`: the longest request that may borrow",
     "assumption: half a working day, the longest that a privileged job then waits for its own reserve"}};
inline const units::ModelConstant kTargetQueueTime{
    24 * 3600.0,
    {"scenario.target_queue_time", "s", "`scheduling.target_queue_time`, `started_within_target`",
     "assumption: submitted today, started by tomorrow"}};
inline const units::ModelConstant kBackfillDepth{
    500.0,
    {"scenario.backfill_depth", "jobs", "`scheduling.backfill.depth` of the conservative policies",
     "Slurm's default of bf_max_job_test: slurm.conf(5)", true}};
inline const units::ModelConstant kPriorityAge{
    1.0,
    {"scenario.priority_age", "", "`scheduling.priority.age`: weight of the age",
     "assumption: as much as fair share; Slurm's own weights are all 0, and every site sets its own"}};
inline const units::ModelConstant kPriorityFairShare{
    1.0,
    {"scenario.priority_fair_share", "", "`scheduling.priority.fair_share`: weight of fair share",
     "assumption: as much as the age; Slurm's own weights are all 0, and every site sets its own"}};
inline const units::ModelConstant kPriorityAgeLimit{
    7 * 86400.0,
    {"scenario.priority_age_limit", "s", "`scheduling.priority.age_limit`",
     "Slurm's default of PriorityMaxAge: slurm.conf(5)"}};
inline const units::ModelConstant kFairShareHalfLife{
    7 * 86400.0,
    {"scenario.fair_share_half_life", "s", "`scheduling.priority.half_life`",
     "Slurm's default of PriorityDecayHalfLife: slurm.conf(5)"}};
inline const units::ModelConstant kServiceTargetLoad{
    0.7,
    {"scenario.service_target_load", "", "`services[].replicas.target_load`",
     "assumption: room for a rise of 40 % within an interval and the start of a replica; range 0.5 to 0.85"}};
inline const units::ModelConstant kServiceInterval{
    300.0,
    {"scenario.service_interval", "s", "`services[].replicas.interval`",
     "assumption: 5 min; below it a rate that is constant between decisions says little"}};
inline const units::ModelConstant kServiceStartUp{
    120.0,
    {"scenario.service_start_up", "s", "`services[].replicas.start_up`",
     "assumption: container, runtime and compiled graphs; range 30 s to 10 min"}};
inline const units::ModelConstant kServiceScaleInAfter{
    900.0,
    {"scenario.service_scale_in_after", "s", "`services[].replicas.scale_in_after`",
     "assumption: three intervals; Kubernetes waits for 5 min"}};
inline const units::ModelConstant kServiceRoom{
    8.0,
    {"scenario.service_room", "requests", "`services[].tensor`: the default has room for so many at a time",
     "assumption: with fewer the weights are read for too few answers; range 4 to 32", true}};

}  // namespace gigasim::scenario
