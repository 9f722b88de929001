#include "diagnostics/problemjson.h"

namespace runner::diagnostics {

nlohmann::ordered_json problemsJson(const Problems &problems)
{
    auto list = nlohmann::ordered_json::array();
    for (const Problem &problem : problems)
        list.push_back({{"id", problem.id},
                        {"severity", severityName(problem.severity)},
                        {"file", problem.where.file},
                        {"line", problem.where.line},
                        {"column", problem.where.column},
                        {"message", problem.message},
                        {"advice", problem.advice}});
    return list;
}

} // namespace runner::diagnostics
