#include "onboard/answerspage.h"

#include "theme/theme.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

namespace runner::ui {

AnswersPage::AnswersPage(QWidget *parent)
    : QWizardPage(parent)
{
}

void AnswersPage::setProblems(const onboard::FieldProblems &problems)
{
    m_problems = problems;
    showProblems(m_problems, m_all);
}

bool AnswersPage::validatePage()
{
    m_all = true;
    return showProblems(m_problems, true);
}

void makeScrollable(QWizardPage &page)
{
    auto *content = new QWidget;
    content->setLayout(page.layout()); // Which takes it from the page.
    content->layout()->setContentsMargins(0, 0, gridUnit, 0);
    auto *area = new QScrollArea;
    area->setObjectName(QStringLiteral("answersArea"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto *down = new QVBoxLayout(&page);
    down->setContentsMargins(0, gridUnit, 0, 0);
    down->addWidget(area);
}

QLineEdit *AnswersPage::makeLine(const QString &placeholder)
{
    auto *line = new QLineEdit;
    line->setPlaceholderText(placeholder);
    connect(line, &QLineEdit::textChanged, this, &AnswersPage::answersChanged);
    return line;
}

QPlainTextEdit *AnswersPage::makeText(const QString &placeholder)
{
    auto *text = new QPlainTextEdit;
    text->setPlaceholderText(placeholder);
    text->setFont(codeFont(font()));
    text->setTabChangesFocus(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    connect(text, &QPlainTextEdit::textChanged, this, &AnswersPage::answersChanged);
    return text;
}

std::vector<std::string> listOf(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[,\\s]+"));
    std::vector<std::string> list;
    const QStringList parts = text.split(separators, Qt::SkipEmptyParts);
    for (const QString &part : parts)
        list.push_back(part.toStdString());
    return list;
}

QString listText(const std::vector<std::string> &list)
{
    QStringList texts;
    for (const std::string &item : list)
        texts << QString::fromStdString(item);
    return texts.join(QStringLiteral(", "));
}

} // namespace runner::ui
