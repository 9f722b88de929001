// The matrix as values: what matrix.yml (or an older pack/matrix.yaml) says. docs/matrix.md describes the file.
#pragma once

#include "diagnostics/problem.h"
#include "matrix/shared.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace runner::matrix {

// Equality compares what is said, not where it stands.

/// A text with the place it stands at.
struct Value
{
    std::string text;
    Location where;

    bool operator==(const Value &other) const { return text == other.text; }
};

/// A build argument of a rule: NAME=VALUE, or NAME alone.
struct Argument
{
    std::string text; ///< As written: "NAME=VALUE" or "NAME".
    Location where;

    std::string name() const;
    /// Absent for NAME alone.
    std::optional<std::string> value() const;

    bool operator==(const Argument &other) const { return text == other.text; }
};

/// Names of the images: NAMESPACE/REPOSITORY:TAG, and where the build cache lives.
struct ImageNaming
{
    std::string nameSpace = "gpustack";
    std::string repository = "runner";
    std::string cacheRepository = "runner-build-cache";
    Location where = {}; ///< Of the section; without a line where the file has none.

    /// Wherever it stands.
    bool operator==(const ImageNaming &other) const
    {
        return nameSpace == other.nameSpace && repository == other.repository
               && cacheRepository == other.cacheRepository;
    }
};

/// An inference service: a column of the support table.
struct Service
{
    std::string id;   ///< As in tags: "vllm".
    std::string name; ///< As shown: "vLLM".
    Location where;

    bool operator==(const Service &other) const { return id == other.id && name == other.name; }
};

/// A product line of a backend that has images of its own: part of the tag.
struct Variant
{
    std::string id;    ///< As in tags: "a3".
    std::string label; ///< As shown: "A3/910C".

    bool operator==(const Variant &) const = default;
};

enum class NoteKind { Note, Warning };

/// A remark above a section of the support table; the text may use Markdown's inline code.
struct Note
{
    NoteKind kind = NoteKind::Note;
    std::string text;

    bool operator==(const Note &) const = default;
};

/// An accelerated backend: a section of the support table.
struct Backend
{
    std::string id;              ///< As in tags and below pack/: "cann".
    std::string name;            ///< "Ascend CANN".
    std::string title;           ///< "CANN", as in "CANN Version (Variant)".
    std::string variantArgument; ///< The build argument that names the variant ("CANN_ARCHS"); empty where none does.
    std::vector<Variant> variants;
    std::vector<Note> notes;
    Location where;

    /// The shown form of a variant; the identifier itself where the backend does not list it.
    std::string variantLabel(const std::string &variantId) const;
    bool hasVariant(const std::string &variantId) const;

    bool operator==(const Backend &other) const;
};

/// What is packed: every service of it on every platform.
struct Rule
{
    int number = 0; ///< Position in the file, from 1.
    Value backend;
    std::vector<Value> services;
    std::vector<Value> platforms;                   ///< Empty: the default platforms.
    std::optional<std::vector<Argument>> arguments; ///< Absent where the file has no list (or null).
    Location where;                                 ///< The rule's first key.
    int lastLine = 0;                               ///< The last line of the rule's text.

    /// The rule's platforms, or linux/amd64 and linux/arm64 where it names none.
    std::vector<std::string> effectivePlatforms() const;

    bool operator==(const Rule &other) const;
};

/// A rule that is commented out.
struct DisabledRule
{
    Rule rule;              ///< number counts the disabled ones, from 1; places are those of the file.
    std::size_t before = 0; ///< Index of the rule in front of which it stands; the count of rules at the end.

    bool operator==(const DisabledRule &other) const { return rule == other.rule && before == other.before; }
};

/// linux/amd64 and linux/arm64, in this order.
const std::vector<std::string> &defaultPlatforms();

/// A released version of a service on one row: one image name with one image per platform.
struct RunnerEntry
{
    std::string version;
    bool releaseCandidate = false;
    bool polished = false;
    bool listed = true;   ///< Shown in the support table.
    bool released = true; ///< An image is known; false for what the table lists without one.
    std::vector<std::string> platforms;
    std::vector<std::string> deprecatedPlatforms; ///< A subset of platforms.
    std::string originalVersion;                  ///< Full backend version of this entry's images.
    std::string members; ///< Further members of the catalogue records: a JSON object, or empty.
    Location where;

    /// Every platform of it is deprecated.
    bool deprecated() const;

    bool operator==(const RunnerEntry &other) const;
};

/// The entries of one service in a row, newest first as the file has them.
struct RunnerCell
{
    std::string service;
    std::vector<RunnerEntry> entries;

    bool operator==(const RunnerCell &) const = default;
};

/// A row of the support table: what is released for one backend version and variant.
struct RunnerRow
{
    std::string backend;
    std::string version;      ///< X.Y as in tags.
    std::string shownVersion; ///< As the table prints it; equal to version unless the file says otherwise.
    std::string originalVersion;
    std::string variant; ///< Identifier; empty where the backend has none.
    bool listed = true;
    std::vector<RunnerCell> cells;
    Location where;

    bool operator==(const RunnerRow &other) const;
};

/// Everything a matrix file says. Order is the file's everywhere.
struct Matrix
{
    ImageNaming image;
    std::vector<Service> services;
    std::vector<Backend> backends;
    std::vector<Rule> rules;
    Shared<std::vector<RunnerRow>> runners; ///< By far the largest part; most edits leave it alone.
    std::vector<DisabledRule> disabledRules;

    bool operator==(const Matrix &) const = default;

    /// Null where there is no such one; valid as long as the matrix is not changed.
    const Backend *findBackend(const std::string &id) const;
    const Service *findService(const std::string &id) const;
    /// The shown name; the identifier itself for an unknown one.
    std::string serviceName(const std::string &id) const;
};

} // namespace runner::matrix
