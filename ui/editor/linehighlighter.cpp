#include "editor/linehighlighter.h"

#include "editor/differencehighlighter.h"

#ifdef RUNNER_HAVE_HIGHLIGHTING

#include "editor/syntaxrepository.h"

#if __has_include(<KSyntaxHighlighting/AbstractHighlighter>)
#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>
#else
#include <AbstractHighlighter>
#include <Format>
#include <State>
#include <Theme>
#endif

#endif

namespace runner::ui {

bool sameState(const LineStatePointer &a, const LineStatePointer &b)
{
    return a == b || (a && b && a->equals(*b));
}

#ifdef RUNNER_HAVE_HIGHLIGHTING

namespace {

using KSyntaxHighlighting::Theme;

/// Lines longer than this stay plain: regular expressions over megabytes would block the window.
constexpr int longestLine = 4096;

CodeStyle styleOf(Theme::TextStyle style)
{
    switch (style) {
    case Theme::Keyword:
    case Theme::Import:
        return CodeStyle::Keyword;
    case Theme::ControlFlow:
        return CodeStyle::Control;
    case Theme::Function:
    case Theme::BuiltIn:
    case Theme::Extension:
        return CodeStyle::Function;
    case Theme::Variable:
        return CodeStyle::Variable;
    case Theme::DataType:
    case Theme::Attribute:
    case Theme::Constant:
        return CodeStyle::Type;
    case Theme::DecVal:
    case Theme::BaseN:
    case Theme::Float:
        return CodeStyle::Number;
    case Theme::String:
    case Theme::VerbatimString:
    case Theme::SpecialString:
        return CodeStyle::String;
    case Theme::Char:
    case Theme::SpecialChar:
        return CodeStyle::Escape;
    case Theme::Comment:
    case Theme::Documentation:
        return CodeStyle::Comment;
    case Theme::Annotation:
    case Theme::CommentVar:
    case Theme::Information:
    case Theme::Warning:
    case Theme::Alert:
    case Theme::RegionMarker:
        return CodeStyle::CommentMark;
    case Theme::Operator:
        return CodeStyle::Operator;
    case Theme::Preprocessor:
    case Theme::Others:
        return CodeStyle::Directive;
    case Theme::Error:
        return CodeStyle::Error;
    case Theme::Normal:
        break;
    }
    return CodeStyle::Plain;
}

class SyntaxState final : public LineState
{
public:
    explicit SyntaxState(const KSyntaxHighlighting::State &reached)
        : state(reached)
    {
    }

    bool equals(const LineState &other) const override
    {
        const auto *same = dynamic_cast<const SyntaxState *>(&other);
        return same && same->state == state;
    }

    const KSyntaxHighlighting::State state;
};

class SyntaxHighlighter final : public LineHighlighter, private KSyntaxHighlighting::AbstractHighlighter
{
public:
    explicit SyntaxHighlighter(const KSyntaxHighlighting::Definition &definition) { setDefinition(definition); }

    LineStatePointer highlight(const QString &line, const LineStatePointer &before, QList<StyledRange> &ranges) override
    {
        if (line.size() > longestLine)
            return before;
        const auto *state = static_cast<const SyntaxState *>(before.get());
        m_ranges = &ranges;
        auto after =
            std::make_shared<SyntaxState>(highlightLine(line, state ? state->state : KSyntaxHighlighting::State()));
        m_ranges = nullptr;
        return after;
    }

private:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override
    {
        const CodeStyle style = styleOf(format.textStyle());
        if (length > 0 && style != CodeStyle::Plain)
            m_ranges->append({offset, length, style});
    }

    QList<StyledRange> *m_ranges = nullptr;
};

QString definitionName(Language language)
{
    switch (language) {
    case Language::Yaml:
        return QStringLiteral("YAML");
    case Language::Dockerfile:
        return dockerfileDefinition;
    case Language::Shell:
        return QStringLiteral("Bash");
    case Language::PlainText:
    case Language::Difference:
        break;
    }
    return {};
}

} // namespace

std::unique_ptr<LineHighlighter> makeLineHighlighter(Language language)
{
    if (language == Language::PlainText)
        return nullptr;
    if (language == Language::Difference)
        return std::make_unique<DifferenceHighlighter>();
    const auto definition = syntaxRepository().definitionForName(definitionName(language));
    return definition.isValid() ? std::make_unique<SyntaxHighlighter>(definition) : nullptr;
}

#else

std::unique_ptr<LineHighlighter> makeLineHighlighter(Language language)
{
    return language == Language::Difference ? std::make_unique<DifferenceHighlighter>() : nullptr;
}

#endif

} // namespace runner::ui
