// One of the window's places: a page with its own commands. Places know the workspace, not the window or each other.
#pragma once

#include "settings/settings.h"
#include "workspace/loadedworkspace.h"

#include <QAction>
#include <QList>
#include <QWidget>

#include <optional>

namespace runner::ui {

class DocumentSet;
class MatrixDocument;
class TextDocument;

/// The window's menus that a place may add to while it is the shown one.
enum class PlaceMenu { File, Edit, View };

class Place : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// The pack centre's open files and its matrix; once, before anything else. They outlive the place.
    virtual void setDocuments(DocumentSet &, MatrixDocument &) {}
    /// Which open file undo and redo speak of while this place is shown; null: the matrix.
    virtual TextDocument *editedDocument() const { return nullptr; }
    /// A new state of the pack centre, unsaved changes included, when it is made or when the place is next shown; null
    /// is never given.
    virtual void setWorkspace(const LoadedPointer &loaded) = 0;
    /// Why the files are not readable now; the last readable state stays on screen. Null: they are again.
    virtual void setError(const std::optional<Problem> &error) = 0;
    /// Nothing is open: \a loading, or waiting for the user.
    virtual void setIdle(bool loading) = 0;
    /// Commands for a menu, in order; the window shows them while this place is shown. Shortcuts work then, too.
    virtual QList<QAction *> actions(PlaceMenu menu) const = 0;
    /// Puts the keyboard where typing searches.
    virtual void find() = 0;
    /// Copies what is selected; the window has served the text field that has the focus before.
    virtual void copy() = 0;
    /// Whether an image to build is selected; has to be cheap.
    virtual bool canBuild() const { return false; }
    /// Tags of the selected images, with platform where one is meant.
    virtual QStringList imagesToBuild() const { return {}; }
    /// Shows a place in a file (relative to the pack centre's root). False where this page does not show that file.
    virtual bool reveal(const Location &where) = 0;
    virtual void restoreLayout(const Settings &settings) = 0;
    virtual void saveLayout(Settings &settings) const = 0;
    /// Whether the window may close; asks the user where work under way would end with it.
    virtual bool mayClose() { return true; }

Q_SIGNALS:
    void openRequested();                    ///< The user wants to choose another pack centre.
    void statusMessage(const QString &text); ///< Something was done, in a sentence.
    void editedDocumentChanged();
    void canBuildChanged();
    void buildRequested();                               ///< The user wants imagesToBuild() to be built.
    void revealRequested(const runner::Location &where); ///< The user wants to see that place of a file.
    void ready(); ///< All of what it shows is filled in; after every load and choice.
};

} // namespace runner::ui
