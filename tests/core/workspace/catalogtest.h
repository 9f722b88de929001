// A matrix with released images, and jobs whose images are to be released.
#pragma once

#include "catalog/record.h"

#include <string>

inline constexpr auto native = R"(schema: 1
services:
  vllm: { name: vLLM }
backends:
  cuda: { name: NVIDIA CUDA, title: CUDA }
rules: []
runners:
  # CUDA
  - backend: cuda
    version: "12.9"
    original_version: "12.9.1"
    services:
      vllm:
        - { version: "0.13.0" }
        - { version: "0.12.0", deprecated: true } # old
        - { version: "0.11.0", platforms: [linux/amd64] }
)";

inline runner::catalog::Record job(const char *backend, const char *version, const char *original, const char *service,
                                   const char *serviceVersion, const char *platform)
{
    runner::catalog::Record record;
    record.backend = backend;
    record.backendVersion = version;
    record.originalBackendVersion = original;
    record.service = service;
    record.serviceVersion = serviceVersion;
    record.platform = platform;
    record.dockerImage = std::string("gpustack/runner:") + backend + version + "-" + service + serviceVersion;
    return record;
}
