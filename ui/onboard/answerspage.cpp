#include "onboard/answerspage.h"

#include "text/ascii.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int narrowWidth = 72 * gridUnit;

/// However the cursor came there: by Tab, by a label's key, from the wizard's buttons. What is wrong with it is below
/// it.
void follow(QScrollArea &area, QWidget *focused)
{
    if (!focused || !area.widget()->isAncestorOf(focused))
        return;
    const QRect place(focused->mapTo(area.widget(), QPoint()), focused->size());
    const int half = (area.viewport()->height() - 1) / 2;
    if (place.height() / 2 <= half)
        area.ensureVisible(place.left(), place.center().y(), 0, std::min(place.height() / 2 + 6 * gridUnit, half));
    else
        area.ensureWidgetVisible(focused, 0, 6 * gridUnit); // As far as its own cursor.
}

} // namespace

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
    if (showProblems(m_problems, true))
        return true;
    if (isVisible())
        goToError();
    return false;
}

QBoxLayout *AnswersPage::makeColumns()
{
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight, this);
    m_columns->setSpacing(3 * gridUnit);
    return m_columns;
}

void AnswersPage::resizeEvent(QResizeEvent *event)
{
    if (m_columns)
        m_columns->setDirection(width() < narrowWidth ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    QWizardPage::resizeEvent(event);
}

void makeScrollable(QWizardPage &page, int widest)
{
    auto *inner = new QWidget;
    inner->setLayout(page.layout()); // Which takes it from the page.
    inner->layout()->setContentsMargins(0, 0, gridUnit, 0);
    inner->setMaximumWidth(widest);
    auto *content = new QWidget;
    auto *across = new QHBoxLayout(content);
    across->setContentsMargins(0, 0, 0, 0);
    across->addWidget(inner, 1);
    across->addStretch(0);
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
    QObject::connect(qApp, &QApplication::focusChanged, area,
                     [area](const QWidget *, QWidget *now) { follow(*area, now); });
}

void fitRows(QListWidget &list)
{
    constexpr int mostRows = 10;
    const int rows = std::min(list.count(), mostRows);
    list.setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    list.setMinimumHeight(rows * (list.sizeHintForRow(0) + 2 * list.spacing())
                          + 2 * (list.frameWidth() + list.spacing()));
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

void chooseTicked(QListWidget &list)
{
    const auto isTicked = [&list](int row) {
        return list.item(row) != nullptr && list.item(row)->checkState() == Qt::Checked;
    };
    for (int row = 0; row < list.count() && !isTicked(list.currentRow()); ++row) {
        if (isTicked(row))
            list.setCurrentRow(row);
    }
}

bool isPlainIdentifier(const std::string &id)
{
    return text::consistsOf(id, [](char c) { return text::isLower(c) || text::isDigit(c); });
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
