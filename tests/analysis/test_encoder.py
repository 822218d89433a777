import subprocess
import sys

import numpy as np

from analysis.encoder import DIMENSIONS, encode, encoder_name, make_tokenizer


def test_vectors_are_unit_rows_in_the_order_of_the_texts():
    texts = ["Parking is dear", "x" * 10_000, "Parking is dear", "日本語", ""]
    vectors = encode(texts)
    assert vectors.shape == (5, DIMENSIONS) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors[0] == vectors[2]).all()


def test_likeness_of_meaning_is_likeness_of_vectors():
    dear, costly, lunch = encode(["Parking is dear", "The car park costs too much", "Lunch was cold"])
    assert dear @ costly > dear @ lunch + 0.2


def test_no_texts_give_no_rows():
    assert encode([]).shape == (0, DIMENSIONS)


def test_the_name_tells_the_model():
    assert encoder_name() == "minilm-int8-8199be6f-sif"


def test_the_tokenizer_gives_the_ids_of_bert():
    ids = make_tokenizer().encode("The unaffordable café isn't open!").ids
    assert ids == [101, 1996, 14477, 4246, 8551, 3085, 7668, 3475, 1005, 1056, 2330, 999, 102]


def test_without_the_model_words_take_its_place_and_it_is_said_once():
    program = (
        "from analysis import encode, encoder_name, ThemeClusterer\n"
        "t = ['parking is dear', 'dear parking here', 'cold lunch', 'lunch was cold']\n"
        "v = encode(t)\n"
        "assert v.shape == (4, 384) and v[0] @ v[1] > 0.5 > v[0] @ v[2]\n"
        "assert encoder_name() == ''\n"
        "assert ThemeClusterer().fit(t * 4).predict(['parking']).shape == (1,)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], env={"RAPPORTEUR_ENCODER": "lsa"}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr.count("TF-IDF and LSA") == 1
