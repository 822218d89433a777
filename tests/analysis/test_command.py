import csv
import io
import json

import pytest

from analysis.__main__ import main
from tests.analysis.corpus import COMMENTS


@pytest.fixture
def comments(tmp_path):
    path = tmp_path / "comments.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "Comment"])
        writer.writerows([i, text] for i, text in enumerate(["=1+1 is what the budget says", *COMMENTS]))
        file.write("ragged\n7,one cell,too many\n")
    return str(path)


def test_a_table_for_people_counts_every_comment(comments, capsys):
    assert main([comments]) == 0
    out = capsys.readouterr().out
    assert "42 comments = " in out and "“" in out


def test_json_for_machines(comments, capsys):
    assert main([comments, "--column", "comment", "--json", "--themes", "2-5"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["comments"]) == 42 and 2 <= len(found["themes"]) <= 5
    assert sum(theme["size"] for theme in found["themes"]) == sum(c["theme"] >= 0 for c in found["comments"])


def test_csv_holds_a_row_a_comment_and_no_formula(comments, capsys):
    assert main([comments, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert len(rows) == 42
    assert rows[0]["text"] == "'=1+1 is what the budget says"


def test_the_page_asks_for_nothing_from_elsewhere(comments, capsys):
    assert main([comments, "--html"]) == 0
    page = capsys.readouterr().out
    assert page.count("<circle cx=") >= 42 and "http" not in page and "<script" not in page


def test_windows_1252_and_semicolons(tmp_path, capsys):
    path = tmp_path / "old.csv"
    path.write_bytes("Nr;Text\n1;Das Café war zu laut und zu voll – schade\n2;Das Essen war gut\n".encode("cp1252"))
    assert main([str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["comments"][0]["text"] == "Das Café war zu laut und zu voll – schade"


@pytest.mark.parametrize("content", ["", "\n\n", "text\n"])
def test_files_without_comments_are_refused_in_words(tmp_path, capsys, content):
    path = tmp_path / "empty.csv"
    path.write_text(content)
    assert main([str(path)]) == 2
    assert capsys.readouterr().err.startswith("analysis: the file")


def test_an_unknown_column_is_answered_with_the_known_ones(comments, capsys):
    assert main([comments, "--column", "words"]) == 2
    assert "id, Comment" in capsys.readouterr().err
