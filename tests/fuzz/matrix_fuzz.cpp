// Reads any bytes as a matrix and expands what comes out with a Dockerfile that has nothing.
#include "catalog/catalog.h"
#include "expand/json.h"
#include "matrix/document.h"
#include "text/textfile.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace runner;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    auto text = text::decodeText(std::string(data, data + size), "matrix.yml");
    if (!text)
        return 0;
    const auto document = matrix::Document::parse(std::move(text->text), "matrix.yml");
    if (!document)
        return 0;
    const dockerfile::Dockerfile empty = dockerfile::readDockerfile("FROM scratch AS vllm\n", "Dockerfile");
    const auto lookup = [&](const std::string &, const std::string &) { return &empty; };
    const expand::Plan plan = expand::expand(document->matrix(), lookup, {});
    const std::string json = expand::toJson(plan, document->matrix());
    for (const expand::Job &job : plan.jobs)
        expand::toJson({{job.platform, expand::explain(job)}});
    const catalog::Records records = catalog::recordsOf(document->matrix());
    return json.empty() && !records.empty() ? 1 : 0;
}
