// What a build of the chosen image would see: its arguments, typed ones on top, the command, the rehearsal.
#pragma once

#include "pack/overrides.h"
#include "pack/previewloader.h"

#include <QWidget>

#include <string>

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QTabWidget;
class QTableView;

namespace runner::ui {

class CommandPane;
class PreviewModel;

class PreviewPane final : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewPane(QWidget *parent = nullptr);
    ~PreviewPane() override;

    /// The images of a Dockerfile; keeps the chosen one where it is still there. \a file is empty for other files.
    void setFile(const PackCentrePointer &centre, const std::string &file);
    /// The file's text changed: the preview uses this one from now on.
    void setLive(const DockerfilePointer &live);
    /// Chooses the image by tag, and the platform where it is named; false where there is none.
    bool chooseImage(const QString &tag, const QString &platform = {});

    /// Of the chosen image on its platform; empty where there is none that a plan could build: a version is missing, or
    /// it is what services stand on.
    QString chosenTag() const;

    /// Of a very long Dockerfile that of a moment ago.
    const Preview &preview() const { return m_loader->answer().preview; }
    PreviewModel *model() const { return m_model; }

Q_SIGNALS:
    void previewChanged();
    void argumentChosen(const Location &where); ///< The line that decides the value.
    void copied(const QString &what);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpChooser();
    void layOutChooser();
    void setUpArguments();
    void setUpCommand();
    void fillImages();
    void fillPlatforms();
    void refresh();
    void onAnswer();
    void showComplaint();
    void showTitle();
    void showPreview();
    QString whyEmpty() const;
    void showCounts();
    void onArgument(const QModelIndex &index);
    void removeOverride();
    const expand::Job *chosenJob() const;

    PackCentrePointer m_centre;
    std::string m_file;
    DockerfilePointer m_live;
    std::vector<PackImage> m_images;
    Overrides m_overrides; ///< What is typed, as it was asked for last.
    PreviewModel *m_model;
    PreviewLoader *m_loader;
    QBoxLayout *m_chooser = nullptr;
    QComboBox *m_image = nullptr;
    QComboBox *m_platform = nullptr;
    QLineEdit *m_typed = nullptr;
    QLabel *m_complaint = nullptr;
    QTabWidget *m_tabs = nullptr;
    QTableView *m_arguments = nullptr;
    CommandPane *m_command = nullptr;
};

} // namespace runner::ui
