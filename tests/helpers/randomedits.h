// Random edits of a matrix, for property tests and fuzzing.
#pragma once

#include "matrix/edit/bump.h"
#include "matrix/edit/headeredits.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
#include "matrix/edit/runneredits.h"

#include <string>
#include <vector>

/// Any edit, on what the matrix has or hasn't. \a generator gives unsigned numbers.
template <typename Generator>
runner::matrix::edit::Edit randomEdit(const runner::matrix::Matrix &matrix, Generator &generator)
{
    namespace edit = runner::matrix::edit;
    const auto below = [&](std::size_t count) {
        return count == 0 ? 0 : static_cast<std::size_t>(generator()) % count;
    };
    const auto pick = [&](const std::vector<std::string> &texts) { return texts[below(texts.size())]; };
    const std::size_t rule = below(matrix.rules.size() + (below(20) == 0 ? 1 : 0));
    std::vector<std::string> names{"NEW", "A"};
    std::vector<std::string> services{"vllm", "new"};
    std::vector<std::string> platforms{"linux/amd64", "linux/arm64", "linux/riscv64"};
    if (rule < matrix.rules.size()) {
        for (const auto &service : matrix.rules[rule].services)
            services.push_back(service.text);
        if (matrix.rules[rule].arguments) {
            for (const auto &argument : *matrix.rules[rule].arguments)
                names.push_back(argument.name());
        }
    }
    const std::string value = pick({"1", "", "a b", "x: y", "# z", "'q'", "\"", "no", "1.10", "a\nb", "😀"});
    edit::EntryRef entry;
    entry.row = below(matrix.runners.size());
    if (!matrix.runners.empty() && !matrix.runners[entry.row].cells.empty()) {
        const auto &cell = matrix.runners[entry.row].cells[below(matrix.runners[entry.row].cells.size())];
        entry.service = cell.service;
        entry.entry = below(cell.entries.size());
    }
    edit::NewEntry fresh;
    fresh.version = pick({"0.1", "9.9", "0.13.0rc1"});
    fresh.deprecated = below(2) == 0;
    const std::string backend = matrix.backends.empty() ? "cuda" : matrix.backends[below(matrix.backends.size())].id;
    switch (below(28)) {
    case 0:
    case 1:
        return edit::setArgument({rule, below(matrix.rules.size())}, pick(names), value);
    case 2:
        return edit::unsetArgument(rule, pick(names));
    case 3:
        return edit::renameArgument(rule, pick(names), pick({"OTHER", "A"}));
    case 4:
        return edit::addService(rule, pick({"new", "other"}));
    case 5:
        return edit::removeService(rule, pick(services));
    case 6:
        return edit::addPlatform(rule, pick(platforms));
    case 7:
        return edit::removePlatform(rule, pick(platforms));
    case 8:
        return edit::addRule({"cuda", {"vllm"}, {"linux/amd64"}, {"A=" + value}}, rule);
    case 9:
        return edit::addRule({"rocm", {"vllm"}, {}, {}}, below(2) == 0 ? edit::Place::Front : edit::Place::End);
    case 10:
        return edit::duplicateRule(rule);
    case 11:
        return edit::removeRules({rule, below(matrix.rules.size())});
    case 12:
    case 13:
        return edit::moveRule(rule, below(matrix.rules.size()));
    case 14:
    case 15:
        return edit::disableRule(rule);
    case 16:
    case 17:
        return edit::enableRule(below(matrix.disabledRules.size()));
    case 18:
        return edit::setDeprecated({entry}, below(2) == 0);
    case 19:
        return edit::setPolished({entry}, below(2) == 0);
    case 20:
        return edit::setListed({entry}, below(2) == 0);
    case 21:
        return edit::removeEntries({entry});
    case 22:
        return edit::addEntry(entry.row, pick({"vllm", "new"}), fresh);
    case 23:
        return edit::addRow({backend, pick({"1.0", "99.9"}), "1.0.1", pick({"", "a3"}), {}, "vllm", fresh});
    case 24:
        return edit::setBackendText(backend, edit::BackendText::Title, value);
    case 25:
        return edit::addNote(backend, {runner::matrix::NoteKind::Warning, value});
    case 26:
        return edit::setVariant(backend, pick({"a3", "910b", "new"}), value);
    default:
        return edit::bumpVersion(pick(names), pick({"1", "12.9.1"}), "2");
    }
}
