// The place "Support": the table, the details of the chosen version beside it, and what can be done with both.
#pragma once

#include "place/place.h"
#include "support/exporter.h"

#include <QPointer>
#include <QTimer>

class QSplitter;

namespace runner::ui {

class DetailsPane;
class SupportEdits;
class SupportPage;

class SupportPlace final : public Place
{
    Q_OBJECT

public:
    /// The settings must outlive the place.
    explicit SupportPlace(Settings &settings, QWidget *parent = nullptr);

    void setDocuments(DocumentSet &documents, MatrixDocument &matrix) override;
    /// The older layout's catalogue once it is edited here; no other place shows it.
    TextDocument *editedDocument() const override;
    void setWorkspace(const LoadedPointer &loaded) override;
    void setError(const std::optional<Problem> &error) override;
    void setIdle(bool loading) override;
    QList<QAction *> actions(PlaceMenu menu) const override;
    void find() override;
    /// The selection as Markdown.
    void copy() override;
    bool canBuild() const override;
    QStringList imagesToBuild() const override;
    /// The version in that line of the matrix or the older catalogue, whatever filters are set.
    bool reveal(const Location &where) override;
    void restoreLayout(const Settings &settings) override;
    void saveLayout(Settings &settings) const override;

    /// The older layout's catalogue: no other place shows it.
    static bool shows(std::string_view file);

    /// Writes what is shown; says that it did, or in a dialog why not. True when written.
    bool exportTo(const QString &file, ExportKind kind);
    SupportPage *page() const { return m_page; }

Q_SIGNALS:
    void tablePainted(); ///< The table, or what stands in its place after a load, is on the screen.

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpPanes();
    void setUpActions();
    void setUpExports();
    void setUpEdits();
    std::vector<int> selectedEntries() const;
    void updateEdits();
    void showEditMenu(const QPoint &place);
    void changeReleased();
    void setEdited(TextDocument *document);
    void onTablePainted();
    void onEntryChanged(int entry);
    void onEntryActivated();
    void showEntry();
    void showAll(bool unlisted);
    void setDetailsVisible(bool visible);
    void chooseExport(const ExportFormat &format);
    void print();

    Settings &m_settings;
    LoadedPointer m_loaded;
    SupportPage *m_page = nullptr;
    DetailsPane *m_details = nullptr;
    QSplitter *m_across = nullptr;
    DocumentSet *m_documents = nullptr;
    SupportEdits *m_edits = nullptr;
    QPointer<TextDocument> m_edited; ///< What was changed here last.
    QAction *m_changeReleased = nullptr;
    QAction *m_build = nullptr;
    QList<QAction *> m_fileActions; ///< Need a table.
    QAction *m_detailsAction = nullptr;
    QTimer m_detailsTimer;   ///< Fills the details pane after the table is painted and keys have stopped.
    bool m_narrow = false;   ///< Too narrow for details that nobody has asked for.
    bool m_adapting = false; ///< The details pane follows the width, not the user.
    bool m_painted = false;  ///< The table has been on the screen.
    int m_entry = -1;
};

} // namespace runner::ui
