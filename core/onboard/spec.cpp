#include "onboard/spec.h"

#include "matrix/nodereader.h"
#include "onboard/fieldcheck.h"
#include "text/misspelling.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace runner::onboard {

namespace {

using dockerfile::Need;
using matrix::NodeReader;
using matrix::YamlNode;

constexpr std::array<std::pair<const char *, Need>, 3> needs{
    {{"required", Need::Required}, {"optional", Need::Optional}, {"placeholder", Need::Placeholder}}};

constexpr std::array<Installation, 3> installations{Installation::Contained, Installation::Packages,
                                                    Installation::OwnStages};

class SpecReader
{
public:
    SpecReader(const std::string &text, const std::string &fileName)
        : m_reader(text, fileName)
    {
    }

    void read(const YamlNode &root, BackendAnswers &answers);
    void read(const YamlNode &root, ServiceAnswers &answers);

    std::map<std::string, Location> places;
    Problems takeProblems() { return m_reader.takeProblems(); }

private:
    using Handler = std::function<void(const std::string &field, const YamlNode &value)>;
    using Handlers = std::map<std::string, Handler>;

    void map(const YamlNode &node, const std::string &field, const std::string &what, const Handlers &handlers);
    void forEachItem(const YamlNode &node, const std::string &field, const Handler &handle);
    Handler text(std::string &target);
    Handler texts(std::vector<std::string> &target);
    template <typename Item>
    Handler list(std::vector<Item> &target,
                 void (SpecReader::*readItem)(const YamlNode &, const std::string &, Item &));
    Handler variants(std::vector<matrix::Variant> &target);
    Handler need(Need &target);
    Handler installation(Installation &target);
    Handler noteKind(matrix::NoteKind &target);
    void misfit(const YamlNode &value, const std::string &field, const std::string &expected);
    void unknownKey(const std::string &key, const YamlNode &keyNode, const std::string &what, const Handlers &handlers);

    void readService(const YamlNode &node, const std::string &field, ServiceAnswer &service);
    void readArgument(const YamlNode &node, const std::string &field, ArgumentAnswer &argument);
    void readNote(const YamlNode &node, const std::string &field, matrix::Note &note);
    void readTarget(const YamlNode &node, const std::string &field, ServiceTarget &target);

    NodeReader m_reader;
};

void SpecReader::map(const YamlNode &node, const std::string &field, const std::string &what, const Handlers &handlers)
{
    places[field] = m_reader.at(node);
    m_reader.forEachKey(node, what, [&](const std::string &key, const YamlNode &keyNode, const YamlNode &value) {
        const auto handler = handlers.find(key);
        const std::string inner = field.empty() ? key : field + "." + key;
        if (handler == handlers.end()) {
            unknownKey(key, keyNode, what, handlers);
            return;
        }
        places[inner] = m_reader.at(value);
        handler->second(inner, value);
    });
}

void SpecReader::forEachItem(const YamlNode &node, const std::string &field, const Handler &handle)
{
    std::size_t index = 0;
    for (const YamlNode *item : m_reader.list(node, field)) {
        const std::string inner = indexed(field, index++);
        places[inner] = m_reader.at(*item);
        handle(inner, *item);
    }
}

SpecReader::Handler SpecReader::text(std::string &target)
{
    return [this, &target](const std::string &field, const YamlNode &value) { target = m_reader.text(value, field); };
}

SpecReader::Handler SpecReader::texts(std::vector<std::string> &target)
{
    return [this, &target](const std::string &field, const YamlNode &value) {
        target.clear();
        forEachItem(value, field, [&](const std::string &inner, const YamlNode &item) {
            target.push_back(m_reader.text(item, inner));
        });
    };
}

template <typename Item>
SpecReader::Handler SpecReader::list(std::vector<Item> &target,
                                     void (SpecReader::*readItem)(const YamlNode &, const std::string &, Item &))
{
    return [this, &target, readItem](const std::string &field, const YamlNode &value) {
        forEachItem(value, field, [&](const std::string &inner, const YamlNode &item) {
            target.emplace_back();
            (this->*readItem)(item, inner, target.back());
        });
    };
}

// A map, as in a matrix: identifier and what the table shows.
SpecReader::Handler SpecReader::variants(std::vector<matrix::Variant> &target)
{
    return [this, &target](const std::string &field, const YamlNode &value) {
        m_reader.forEachKey(value, field, [&](const std::string &key, const YamlNode &keyNode, const YamlNode &label) {
            const std::string inner = indexed(field, target.size());
            places[inner] = m_reader.at(keyNode);
            target.push_back({key, m_reader.text(label, inner)});
        });
    };
}

SpecReader::Handler SpecReader::need(Need &target)
{
    return [this, &target](const std::string &field, const YamlNode &value) {
        const std::string word = m_reader.text(value, field);
        const auto found =
            std::find_if(needs.begin(), needs.end(), [&](const auto &each) { return word == each.first; });
        if (found == needs.end())
            misfit(value, field, "required, optional or placeholder");
        else
            target = found->second;
    };
}

SpecReader::Handler SpecReader::installation(Installation &target)
{
    return [this, &target](const std::string &field, const YamlNode &value) {
        const std::string word = m_reader.text(value, field);
        const auto found = std::find_if(installations.begin(), installations.end(),
                                        [&](Installation each) { return word == installationName(each); });
        if (found == installations.end())
            misfit(value, field, "contained, packages or own-stages");
        else
            target = *found;
    };
}

SpecReader::Handler SpecReader::noteKind(matrix::NoteKind &target)
{
    return [this, &target](const std::string &field, const YamlNode &value) {
        const std::string word = m_reader.text(value, field);
        if (word != "note" && word != "warning")
            misfit(value, field, "note or warning");
        target = word == "warning" ? matrix::NoteKind::Warning : matrix::NoteKind::Note;
    };
}

void SpecReader::misfit(const YamlNode &value, const std::string &field, const std::string &expected)
{
    m_reader.report("onboard-bad-value", Severity::Error, m_reader.at(value), field + " is none of the known words",
                    "Write " + expected);
}

// An answer that nobody reads is no answer: what is written would not be what was meant.
void SpecReader::unknownKey(const std::string &key, const YamlNode &keyNode, const std::string &what,
                            const Handlers &handlers)
{
    std::set<std::string> names;
    std::string known;
    for (const auto &[name, handler] : handlers) {
        names.insert(name);
        known += (known.empty() ? "" : ", ") + name;
    }
    const auto meant = text::meantName(key, names);
    m_reader.report("onboard-unknown-key", Severity::Error, m_reader.at(keyNode),
                    "The key " + inQuotes(key) + " is not known in " + what,
                    meant ? "Write " + *meant : "Take it out; known are " + known);
}

void SpecReader::readService(const YamlNode &node, const std::string &field, ServiceAnswer &service)
{
    map(node, field, "a service",
        {{"id", text(service.id)},
         {"name", text(service.name)},
         {"versions", texts(service.versions)},
         {"installation", installation(service.installation)},
         {"package", text(service.package)},
         {"base_image", text(service.baseImage)},
         {"stages", text(service.stages)}});
}

void SpecReader::readArgument(const YamlNode &node, const std::string &field, ArgumentAnswer &argument)
{
    map(node, field, "an argument",
        {{"name", text(argument.name)},
         {"need", need(argument.need)},
         {"default", text(argument.defaultText)},
         {"comment", text(argument.comment)}});
}

void SpecReader::readNote(const YamlNode &node, const std::string &field, matrix::Note &note)
{
    map(node, field, "a note", {{"kind", noteKind(note.kind)}, {"text", text(note.text)}});
}

void SpecReader::readTarget(const YamlNode &node, const std::string &field, ServiceTarget &target)
{
    map(node, field, "a backend",
        {{"backend", text(target.backend)},
         {"base_image", text(target.baseImage)},
         {"stages", text(target.stages)},
         {"versions", texts(target.versions)},
         {"variants", texts(target.variants)},
         {"platforms", texts(target.platforms)}});
}

void SpecReader::read(const YamlNode &root, BackendAnswers &answers)
{
    map(root, {}, "the spec",
        {{"id", text(answers.id)},
         {"name", text(answers.name)},
         {"title", text(answers.title)},
         {"home", text(answers.home)},
         {"versions", texts(answers.versions)},
         {"python", text(answers.python)},
         {"base_image", text(answers.baseImage)},
         {"variant_arg", text(answers.variantArgument)},
         {"variants", variants(answers.variants)},
         {"platforms", texts(answers.platforms)},
         {"services", list(answers.services, &SpecReader::readService)},
         {"arguments", list(answers.arguments, &SpecReader::readArgument)},
         {"notes", list(answers.notes, &SpecReader::readNote)}});
}

void SpecReader::read(const YamlNode &root, ServiceAnswers &answers)
{
    map(root, {}, "the spec",
        {{"service",
          [&](const std::string &field, const YamlNode &value) { readService(value, field, answers.service); }},
         {"backends", list(answers.backends, &SpecReader::readTarget)},
         {"arguments", list(answers.arguments, &SpecReader::readArgument)}});
}

template <typename Answers>
Result<Spec<Answers>> readSpec(const std::string &text, const std::string &fileName)
{
    const auto tree = matrix::parseYaml(text, fileName);
    if (!tree)
        return tl::unexpected(tree.error());
    if (!tree->root || tree->root->kind != YamlNode::Kind::Map)
        return failure("onboard-no-map", {fileName, 1, 1}, "The spec is no map of answers", "See --example");
    SpecReader reader(text, fileName);
    Spec<Answers> spec;
    reader.read(*tree->root, spec.answers);
    spec.places = std::move(reader.places);
    spec.problems = reader.takeProblems();
    return spec;
}

} // namespace

const char *installationName(Installation installation)
{
    switch (installation) {
    case Installation::Contained:
        return "contained";
    case Installation::Packages:
        return "packages";
    case Installation::OwnStages:
        break;
    }
    return "own-stages";
}

Location nearestPlace(const std::map<std::string, Location> &places, std::string field)
{
    for (;;) {
        if (const auto found = places.find(field); found != places.end())
            return found->second;
        if (field.empty())
            return {};
        const std::size_t cut = field.find_last_of(".[");
        field.erase(cut == std::string::npos ? 0 : cut);
    }
}

Result<Spec<BackendAnswers>> readBackendSpec(const std::string &text, const std::string &fileName)
{
    return readSpec<BackendAnswers>(text, fileName);
}

Result<Spec<ServiceAnswers>> readServiceSpec(const std::string &text, const std::string &fileName)
{
    return readSpec<ServiceAnswers>(text, fileName);
}

} // namespace runner::onboard
