// Open files: steps, undo byte for byte, bursts of typing, the disk's changes, merge and choice, saving.
#include "centre.h"
#include "documents/documentset.h"
#include "documents/editorbinding.h"
#include "documents/editortext.h"
#include "documents/matrixdocument.h"
#include "documents/recoverykeeper.h"
#include "editor/codeeditor.h"
#include "matrix/edit/ruleedits.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <memory>

using namespace runner;
using namespace runner::ui;

namespace {

QByteArray readBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

class TestDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_set = std::make_unique<DocumentSet>();
        m_set->setRoot(m_folder->path().toStdString());
    }

    void mapsPositionsOfEveryLineEnd()
    {
        const std::string text = "a\r\nä\xF0\x9F\x98\x80\nb\rc";
        QCOMPARE(toEditorText(text), QStringLiteral("a\nä😀\nb\nc"));
        const QString shown = toEditorText(text);
        for (int position = 0; position <= shown.size(); ++position) {
            if (position < shown.size() && shown[position].isLowSurrogate())
                continue;
            const std::size_t offset = toOffset(text, position);
            QCOMPARE(toEditorPosition(text, offset), position);
            QCOMPARE(toEditorText(std::string_view(text).substr(0, offset)), shown.left(position));
        }
        const text::Patch patch = toPatch("a\r\nb\r\n", 2, QStringLiteral("b\n"), QStringLiteral("x\ny"));
        QCOMPARE(patch, (text::Patch{{3, 6}, "x\r\ny"}));
    }

    /// What two windows had not saved is in one text, or an undo away.
    void workOfTwoWindowsComesBack()
    {
        TextDocument *document = open("one: 1\ntwo: 2\nthree: 3\n");
        QSignalSpy told(document, &TextDocument::message);
        document->restore("one: 1\ntwo: 2\nthree: 3\n", "one: 11\ntwo: 2\nthree: 3\n");
        document->restore("one: 1\ntwo: 2\nthree: 3\n", "one: 1\ntwo: 2\nthree: 33\n");
        QCOMPARE(document->text(), std::string("one: 11\ntwo: 2\nthree: 33\n"));
        QVERIFY(told.isEmpty());
        document->restore("one: 1\ntwo: 2\nthree: 3\n", "one: 12\ntwo: 2\nthree: 3\n");
        QCOMPARE(document->text(), std::string("one: 12\ntwo: 2\nthree: 3\n"));
        QCOMPARE(told.count(), 1);
        document->undo();
        QCOMPARE(document->text(), std::string("one: 11\ntwo: 2\nthree: 33\n"));
    }

    void stepsAreUndoneByteForByte()
    {
        TextDocument *document = open("one: 1\r\ntwo: 2\r\n");
        QSignalSpy modified(document, &TextDocument::modifiedChanged);
        document->edit({{{5, 6}, "eins"}, {{13, 14}, "zwei"}}, QStringLiteral("Say it in German"));
        QCOMPARE(document->text(), std::string("one: eins\r\ntwo: zwei\r\n"));
        QVERIFY(document->isModified());
        QCOMPARE(document->undoStack()->count(), 1);
        QCOMPARE(document->undoStack()->undoText(), QStringLiteral("Say it in German"));
        document->undoStack()->undo();
        QCOMPARE(document->text(), std::string("one: 1\r\ntwo: 2\r\n"));
        QVERIFY(!document->isModified());
        document->undoStack()->redo();
        QCOMPARE(document->text(), std::string("one: eins\r\ntwo: zwei\r\n"));
        QCOMPARE(modified.count(), 3);
    }

    void anEditWithoutEffectIsNoStep()
    {
        TextDocument *document = open("one: 1\n");
        document->edit({{{5, 6}, "1"}}, QStringLiteral("Nothing"));
        document->edit({}, QStringLiteral("Nothing"));
        QCOMPARE(document->undoStack()->count(), 0);
    }

    void typingIsOneStepABurst()
    {
        TextDocument *document = open("one: 1\n");
        CodeEditor editor;
        EditorBinding binding(editor);
        binding.setDocument(document);
        editor.moveCursor(QTextCursor::EndOfLine);
        QTest::keyClicks(&editor, QStringLiteral("234"));
        QTest::keyClick(&editor, Qt::Key_Backspace);
        QCOMPARE(document->text(), std::string("one: 123\n"));
        QCOMPARE(document->undoStack()->count(), 1);
        document->endBurst();
        QTest::keyClicks(&editor, QStringLiteral("9"));
        QCOMPARE(document->undoStack()->count(), 2);
        document->undoStack()->undo();
        QCOMPARE(editor.text(), QStringLiteral("one: 123\n"));
        document->undoStack()->undo();
        QCOMPARE(document->text(), std::string("one: 1\n"));
        QCOMPARE(editor.text(), QStringLiteral("one: 1\n"));
        document->undoStack()->redo();
        QCOMPARE(editor.text(), QStringLiteral("one: 123\n"));
    }

    void typingThatIsTakenBackLeavesNothing()
    {
        TextDocument *document = open("one: 1\n");
        CodeEditor editor;
        EditorBinding binding(editor);
        binding.setDocument(document);
        QTest::keyClicks(&editor, QStringLiteral("x"));
        QTest::keyClick(&editor, Qt::Key_Backspace);
        QCOMPARE(document->undoStack()->count(), 0);
        QVERIFY(!document->isModified());
    }

    /// Two editors and the steps of a form on one document agree after every change.
    void editorsFollowEveryChange_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("LF") << QByteArray("a: ä\nb: 😀\nc: 3\n");
        QTest::newRow("CRLF") << QByteArray("a: ä\r\nb: 😀\r\nc: 3\r\n");
        QTest::newRow("no end") << QByteArray("a: 1");
    }

    void editorsFollowEveryChange()
    {
        QFETCH(QByteArray, text);
        TextDocument *document = open(text);
        CodeEditor one, two;
        EditorBinding first(one), second(two);
        first.setDocument(document);
        second.setDocument(document);
        QRandomGenerator random(7);
        for (int i = 0; i < 300; ++i) {
            const int what = random.bounded(5);
            QTextCursor cursor = one.textCursor();
            int position = random.bounded(static_cast<int>(one.text().size()) + 1);
            while (position < one.text().size() && one.text()[position].isLowSurrogate())
                ++position; // No key and no click puts a cursor inside a character.
            cursor.setPosition(position);
            if (what == 0)
                cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor, random.bounded(6));
            if (what <= 1)
                cursor.insertText(random.bounded(3) ? QStringLiteral("ö\n") : QStringLiteral("😀"));
            else if (what == 2)
                document->undoStack()->undo();
            else if (what == 3)
                document->undoStack()->redo();
            else
                document->edit({{{0, 0}, "# x\n"}}, QStringLiteral("Form"));
            QCOMPARE(one.text(), toEditorText(document->text()));
            QCOMPARE(two.text(), one.text());
        }
        while (document->undoStack()->canUndo())
            document->undoStack()->undo();
        QCOMPARE(QByteArray::fromStdString(document->text()), text);
    }

    void textThatNoEditorCanHoldIsReadOnly()
    {
        TextDocument *document = open("a: \xE2\x80\xA8\n");
        CodeEditor editor;
        EditorBinding binding(editor);
        binding.setDocument(document);
        QVERIFY(editor.isReadOnly());
        QVERIFY(binding.isForeign());
        document->edit({{{3, 6}, "1"}}, QStringLiteral("Form"));
        QVERIFY(!editor.isReadOnly());
        QCOMPARE(editor.text(), QStringLiteral("a: 1\n"));
    }

    void savesWithMarkAndLinkAndMode()
    {
        const QString real = m_folder->filePath(QStringLiteral("real.yml"));
        centre::write(real, "\xEF\xBB\xBF"
                            "a: 1\r\n");
        QVERIFY(QFile::setPermissions(real, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const QFile::Permissions mode = QFileInfo(real).permissions();
        QVERIFY(QFile::link(QStringLiteral("real.yml"), m_folder->filePath(QStringLiteral("matrix.yml"))));
        const auto opened = m_set->open("matrix.yml");
        QVERIFY(opened.has_value());
        (*opened)->edit({{{3, 4}, "2"}}, QStringLiteral("Two"));
        QVERIFY(m_set->saveAll().has_value());
        QCOMPARE(readBytes(real), QByteArray("\xEF\xBB\xBF"
                                             "a: 2\r\n"));
        QVERIFY(QFileInfo(m_folder->filePath(QStringLiteral("matrix.yml"))).isSymLink());
        QCOMPARE(QFileInfo(real).permissions(), mode);
        QVERIFY(!m_set->isModified());
        (*opened)->undoStack()->undo();
        QVERIFY((*opened)->isModified());
    }

    void aChangeOnDiskReloadsWhatIsClean()
    {
        TextDocument *document = open("a: 1\nb: 2\nc: 3\n");
        disk("a: 1\nb: 20\nc: 3\n");
        m_set->checkDisk();
        QCOMPARE(document->text(), std::string("a: 1\nb: 20\nc: 3\n"));
        QVERIFY(!document->isModified());
        document->undoStack()->undo();
        QCOMPARE(document->text(), std::string("a: 1\nb: 2\nc: 3\n"));
        QVERIFY(document->isModified());
    }

    void changesThatDoNotTouchAreMerged()
    {
        TextDocument *document = open("a: 1\nb: 2\nc: 3\nd: 4\n");
        document->edit({{{3, 4}, "10"}}, QStringLiteral("Ten"));
        disk("a: 1\nb: 2\nc: 3\nd: 40\n");
        QSignalSpy told(document, &TextDocument::message);
        m_set->checkDisk();
        QCOMPARE(document->text(), std::string("a: 10\nb: 2\nc: 3\nd: 40\n"));
        QCOMPARE(told.count(), 1);
        QVERIFY(m_set->saveAll().has_value());
        QCOMPARE(onDisk(), QByteArray("a: 10\nb: 2\nc: 3\nd: 40\n"));
    }

    void aConflictWaitsForAChoice_data()
    {
        QTest::addColumn<TextDocument::Side>("side");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("mine") << TextDocument::Side::Ours << QByteArray("a: 10\nb: 2\nc: 3\nd: 40\n");
        QTest::newRow("theirs") << TextDocument::Side::Theirs << QByteArray("a: 11\nb: 2\nc: 3\nd: 40\n");
    }

    void aConflictWaitsForAChoice()
    {
        QFETCH(TextDocument::Side, side);
        QFETCH(QByteArray, expected);
        TextDocument *document = open("a: 1\nb: 2\nc: 3\nd: 4\n");
        document->edit({{{3, 4}, "10"}}, QStringLiteral("Ten"));
        disk("a: 11\nb: 2\nc: 3\nd: 40\n");
        QSignalSpy found(m_set.get(), &DocumentSet::conflictFound);
        const auto saved = m_set->saveAll();
        QVERIFY(!saved.has_value());
        QCOMPARE(saved.error().id, std::string("document-conflict"));
        QCOMPARE(found.count(), 1);
        QCOMPARE(onDisk(), QByteArray("a: 11\nb: 2\nc: 3\nd: 40\n"));
        document->resolve(side);
        QCOMPARE(QByteArray::fromStdString(document->text()), expected);
        QVERIFY(m_set->saveAll().has_value());
        QCOMPARE(onDisk(), expected);
        document->undoStack()->undo();
        QCOMPARE(document->text(), std::string("a: 10\nb: 2\nc: 3\nd: 4\n"));
    }

    /// After a crash it is not asked about again.
    void aDecidedConflictIsKeptAsDecided()
    {
        const QString state = m_folder->filePath(QStringLiteral("state"));
        RecoveryKeeper keeper(*m_set, state.toStdString());
        TextDocument *document = open("a: 1\nb: 2\n");
        document->edit({{{3, 4}, "10"}}, QStringLiteral("Ten"));
        keeper.flush();
        disk("a: 11\nb: 2\n");
        m_set->checkDisk();
        keeper.flush();
        document->resolve(TextDocument::Side::Ours); // The text stays as it is.
        keeper.flush();
        const auto kept = text::RecoveryStore(state.toStdString()).find(document->path());
        QVERIFY(kept);
        QCOMPARE(kept->text, std::string("a: 10\nb: 2\n"));
        QCOMPARE(kept->base, std::string("a: 11\nb: 2\n"));
    }

    /// As when a commit with the same change is checked out.
    void theSameChangeOnTheDiskLeavesNothingToSave()
    {
        TextDocument *document = open("a: 1\nb: 2\n");
        document->edit({{{3, 4}, "10"}}, QStringLiteral("Ten"));
        disk("a: 10\nb: 2\n");
        QSignalSpy told(m_set.get(), &DocumentSet::message);
        m_set->checkDisk();
        QVERIFY(!m_set->isModified());
        QCOMPARE(told.count(), 1);
        QVERIFY(told[0][0].toString().contains(QStringLiteral("nothing is left to save")));
    }

    /// Of a save that was killed.
    void openingTakesAwayWhatTheDeadLeft()
    {
        const QString left = m_folder->filePath(QStringLiteral(".matrix.yml.2147483646-1.saving"));
        centre::write(left, "half");
        open("one: 1\n");
        QVERIFY(!QFile::exists(left));
    }

    void aDeletedFileIsWrittenAgain()
    {
        TextDocument *document = open("a: 1\n");
        QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("matrix.yml"))));
        m_set->checkDisk();
        QVERIFY(document->isModified());
        QCOMPARE(document->problem()->id, std::string("file-deleted"));
        QVERIFY(m_set->saveAll().has_value());
        QCOMPARE(onDisk(), QByteArray("a: 1\n"));
        QVERIFY(!document->problem());
    }

    void aFolderThatIsGoneLosesNoWork()
    {
        TextDocument *document = open("a: 1\n");
        document->edit({{{3, 4}, "2"}}, QStringLiteral("Two"));
        const QString moved = m_folder->path() + QStringLiteral("-moved");
        QVERIFY(QDir().rename(m_folder->path(), moved));
        const auto saved = m_set->saveAll();
        QVERIFY(QDir().rename(moved, m_folder->path()));
        QVERIFY(!saved.has_value());
        QCOMPARE(saved.error().id, std::string("folder-missing"));
        QVERIFY(!saved.error().advice.empty());
        QVERIFY(document->isModified());
        QCOMPARE(document->text(), std::string("a: 2\n"));
        QVERIFY(m_set->saveAll().has_value());
        QCOMPARE(onDisk(), QByteArray("a: 2\n"));
    }

    void aReadOnlyFileLosesNoWork()
    {
        TextDocument *document = open("a: 1\n");
        QVERIFY(QFile::setPermissions(m_folder->filePath(QStringLiteral("matrix.yml")), QFile::ReadOwner));
        document->edit({{{3, 4}, "2"}}, QStringLiteral("Two"));
        QVERIFY(!m_set->saveAll().has_value());
        QVERIFY(document->isModified());
        QCOMPARE(onDisk(), QByteArray("a: 1\n"));
    }

    void editsOfTheMatrixAreSteps()
    {
        TextDocument *document = open(centre::matrixText());
        MatrixDocument matrix;
        matrix.setDocument(document);
        QSignalSpy changed(&matrix, &MatrixDocument::changed);
        QSignalSpy refused(&matrix, &MatrixDocument::refused);
        QVERIFY(matrix.apply(matrix::edit::setArgument({0}, "CUDA_VERSION", "13.0.1")));
        QCOMPARE(matrix.matrix().rules.front().arguments->front().text, std::string("CUDA_VERSION=13.0.1"));
        QVERIFY(!matrix.apply(matrix::edit::removeService(0, "vllm")));
        QVERIFY(!matrix.apply({matrix::edit::addService(0, "sglang"), matrix::edit::removeService(0, "no such")}));
        QCOMPARE(refused.count(), 2);
        QCOMPARE(document->undoStack()->count(), 1);
        QCOMPARE(changed.count(), 1);
        document->undoStack()->undo();
        QCOMPARE(QByteArray::fromStdString(document->text()), centre::matrixText());
        QCOMPARE(matrix.matrix().rules.front().arguments->front().text, std::string("CUDA_VERSION=12.9.1"));
    }

    void brokenYamlKeepsTheLastGoodMatrix()
    {
        TextDocument *document = open(centre::matrixText());
        MatrixDocument matrix;
        matrix.setDocument(document);
        document->edit({{{0, 0}, "{"}}, QStringLiteral("Break"));
        QVERIFY(matrix.error());
        QVERIFY(!matrix.canEdit());
        QCOMPARE(matrix.matrix().rules.size(), std::size_t(1));
        QSignalSpy refused(&matrix, &MatrixDocument::refused);
        QVERIFY(!matrix.apply(matrix::edit::setArgument({0}, "CUDA_VERSION", "13.0.1")));
        QCOMPARE(refused.count(), 1);
        document->undoStack()->undo();
        QVERIFY(matrix.canEdit());
    }

private:
    TextDocument *open(const QByteArray &text)
    {
        disk(text);
        const auto opened = m_set->open("matrix.yml");
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        return *opened;
    }

    void disk(const QByteArray &text) { centre::write(m_folder->filePath(QStringLiteral("matrix.yml")), text); }
    QByteArray onDisk() const { return readBytes(m_folder->filePath(QStringLiteral("matrix.yml"))); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DocumentSet> m_set;
};

QTEST_MAIN(TestDocuments)
#include "tst_documents.moc"
