// Two versions of a file side by side, where both changed the same lines: which one counts, place by place?
#pragma once

#include "documents/textdocument.h"

#include <QDialog>

#include <array>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QRadioButton;

namespace runner::ui {

class CodeEditor;

class ConflictDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The document has a conflict; its lines without one are merged already, whatever is chosen.
    explicit ConflictDialog(const TextDocument &document, QWidget *parent = nullptr);

    /// What it shows.
    const text::Merge &merge() const { return m_merge; }
    /// What accepting means: a side for each place, in the order of the text.
    std::vector<TextDocument::Side> sides() const;

private:
    using Side = TextDocument::Side;

    /// Where one of the places is on either side; a count of 0 where its lines were removed.
    struct Place
    {
        std::array<int, 2> line{1, 1};
        std::array<int, 2> count{0, 0};
        std::optional<Side> chosen;
    };

    void findPlaces();
    QWidget *makeSide(Side side, const std::string &text, bool yaml);
    QWidget *makeNavigation();
    QWidget *makeButtons();
    void choose(Side side);
    void chooseAll(Side side);
    void go(int step);
    void showPlace();
    void updateButtons();
    bool isDecided() const;

    text::Merge m_merge;
    std::vector<Place> m_places;
    std::size_t m_current = 0;
    std::array<CodeEditor *, 2> m_editors{};
    std::array<QRadioButton *, 2> m_choices{};
    QLabel *m_where = nullptr;
    QPushButton *m_merged = nullptr;
};

} // namespace runner::ui
