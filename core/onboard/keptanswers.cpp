#include "onboard/keptanswers.h"

#include <nlohmann/json.hpp>

namespace runner::onboard {

namespace {

using Answer = nlohmann::ordered_json;

// One list of fields for both ways: into the JSON, or out of it.
class Fields
{
public:
    Fields(Answer &json, bool reads)
        : m_json(json)
        , m_reads(reads)
    {
    }

    template <typename T>
    void operator()(const char *name, T &value)
    {
        if (!m_reads)
            m_json[name] = written(value);
        else if (const auto found = m_json.find(name); found != m_json.end())
            read(*found, value);
    }

private:
    static Answer written(std::string &text) { return text; }
    template <typename T>
    requires std::is_enum_v<T>
    static Answer written(T &value) { return static_cast<int>(value); }
    template <typename T>
    static Answer written(std::vector<T> &list)
    {
        Answer json = Answer::array();
        for (T &item : list)
            json.push_back(written(item));
        return json;
    }
    template <typename T>
    static Answer written(T &value)
    {
        Answer json = Answer::object();
        Fields fields(json, false);
        list(fields, value);
        return json;
    }

    static void read(Answer &json, std::string &text)
    {
        if (json.is_string())
            text = json.get<std::string>();
    }
    template <typename T>
    requires std::is_enum_v<T>
    static void read(Answer &json, T &value)
    {
        constexpr int most = 3; // Of none of these enumerations there are more.
        if (json.is_number_integer() && json.get<int>() >= 0 && json.get<int>() <= most)
            value = static_cast<T>(json.get<int>());
    }
    template <typename T>
    static void read(Answer &json, std::vector<T> &list)
    {
        list.clear();
        for (Answer &item : json.is_array() ? json : Answer::array()) {
            list.emplace_back();
            read(item, list.back());
        }
    }
    template <typename T>
    static void read(Answer &json, T &value)
    {
        if (!json.is_object())
            return;
        Fields fields(json, true);
        list(fields, value);
    }

    static void list(Fields &with, matrix::Variant &variant)
    {
        with("id", variant.id);
        with("label", variant.label);
    }
    static void list(Fields &with, matrix::Note &note)
    {
        with("kind", note.kind);
        with("text", note.text);
    }
    static void list(Fields &with, ArgumentAnswer &argument)
    {
        with("name", argument.name);
        with("need", argument.need);
        with("default", argument.defaultText);
        with("comment", argument.comment);
    }
    static void list(Fields &with, ServiceAnswer &service)
    {
        with("id", service.id);
        with("name", service.name);
        with("versions", service.versions);
        with("installation", service.installation);
        with("package", service.package);
        with("base_image", service.baseImage);
        with("stages", service.stages);
    }
    static void list(Fields &with, ServiceTarget &target)
    {
        with("backend", target.backend);
        with("base_image", target.baseImage);
        with("stages", target.stages);
        with("versions", target.versions);
        with("variants", target.variants);
        with("platforms", target.platforms);
    }

public:
    static void list(Fields &with, BackendAnswers &answers)
    {
        with("id", answers.id);
        with("name", answers.name);
        with("title", answers.title);
        with("home", answers.home);
        with("versions", answers.versions);
        with("python", answers.python);
        with("base_image", answers.baseImage);
        with("variant_arg", answers.variantArgument);
        with("variants", answers.variants);
        with("platforms", answers.platforms);
        with("services", answers.services);
        with("arguments", answers.arguments);
        with("notes", answers.notes);
    }
    static void list(Fields &with, ServiceAnswers &answers)
    {
        with("service", answers.service);
        with("backends", answers.backends);
        with("arguments", answers.arguments);
    }

private:
    Answer &m_json;
    bool m_reads;
};

template <typename Answers>
std::string textOf(Answers answers)
{
    Answer json = Answer::object();
    Fields fields(json, false);
    Fields::list(fields, answers);
    return json.dump(2, ' ', false, Answer::error_handler_t::replace) + "\n";
}

template <typename Answers>
std::optional<Answers> answersIn(const std::string &text)
{
    Answer json = Answer::parse(text, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    Answers answers;
    Fields fields(json, true);
    Fields::list(fields, answers);
    return answers;
}

} // namespace

std::string keptText(const BackendAnswers &answers)
{
    return textOf(answers);
}

std::string keptText(const ServiceAnswers &answers)
{
    return textOf(answers);
}

std::optional<BackendAnswers> keptBackend(const std::string &text)
{
    return answersIn<BackendAnswers>(text);
}

std::optional<ServiceAnswers> keptService(const std::string &text)
{
    return answersIn<ServiceAnswers>(text);
}

} // namespace runner::onboard
