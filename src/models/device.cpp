#include "gigasim/models/device.hpp"

#include "gigasim/units/model_constant.hpp"
#include "prefixes.hpp"

namespace gigasim::models {
namespace {

const units::ModelConstant kUnmeasuredMatmul{
    0.75,
    {"models.unmeasured_matmul_fraction", "", "best matrix product over the peak of devices that nobody measured",
     "between 0.73 (GB200) and 0.87 (A100) of the catalogue; range 0.65 to 0.85"}};
const units::ModelConstant kOtherVendorsMatmul{
    0.7,
    {"models.other_vendors_matmul_fraction", "", "the same of MI250X, TPU and Gaudi",
     "a few reports of 32 to 38 % of the peak in training; low confidence, range 0.5 to 0.85"}};

double cell(const catalogue::Accelerator& accelerator, std::string_view column, double unit) {
  return accelerator.row->number(column).value_or(0.0) * unit;
}

}  // namespace

double weight_bytes(Precision precision) {
  switch (precision) {
    case Precision::kFp4:
      return 0.5625;  // 4 bits, and 8 bits of scale for every 16 weights
    case Precision::kMxfp4:
      // 4 bits, 8 bits of scale for every 32 weights, 2 % of the weights in 16 bits: gpt-oss-120b as published has 60.8
      // GiB for 116.8e9 parameters.
      return 0.5625;
    case Precision::kInt4:
      // 4 bits, 16 bits of scale for every 128 weights, embeddings in 16 bits: 39.8 GB for a model of 70.6e9
      // parameters.
      return 0.5625;
    case Precision::kFp8:
      return 1.0;
    case Precision::kBf16:
      break;
  }
  return 2.0;
}

double Device::peak(Precision precision) const {
  switch (precision) {
    case Precision::kFp4:
      return fp4_flops;
    case Precision::kFp8:
      return fp8_flops;
    case Precision::kMxfp4:
    case Precision::kInt4:
    case Precision::kBf16:
      break;
  }
  return bf16_flops;
}

Device device_of(const catalogue::Accelerator& accelerator) {
  Device device;
  device.bf16_flops = accelerator.bf16_dense_tflops * kTera;
  device.fp8_flops = cell(accelerator, "fp8_dense_tflops", kTera);
  device.fp4_flops = cell(accelerator, "fp4_dense_tflops", kTera);
  const double measured = cell(accelerator, "matmul_bf16_measured_tflops", kTera);
  const bool nvidia = accelerator.vendor == "NVIDIA";
  device.matmul_measured = measured > 0.0;
  const double assumed = nvidia ? kUnmeasuredMatmul.value() : kOtherVendorsMatmul.value();
  device.matmul_fraction = device.matmul_measured ? measured / device.bf16_flops : assumed;
  device.memory_bytes = accelerator.memory_gb * kGiga;
  device.memory_rate = cell(accelerator, "memory_tb_s", kTera);
  device.scale_up_rate = cell(accelerator, "scaleup_gb_s_per_dir", kGiga);
  device.scale_up_domain = static_cast<int>(accelerator.row->number("scaleup_domain").value_or(1.0));
  device.scale_out_rate = cell(accelerator, "scaleout_gbit_s_per_acc", kGiga / kBitsPerByte);
  if (!nvidia) device.serving_fraction = kOtherVendorsMatmul.value() / kUnmeasuredMatmul.value();
  return device;
}

}  // namespace gigasim::models
