from analysis import find_duplicates


def test_the_first_of_statements_that_say_the_same_is_the_original():
    texts = ["More time!", "more  time", "Less time", "MORE TIME.", "?", "!", "?"]
    assert find_duplicates(texts).tolist() == [-1, 0, -1, 0, -1, -1, 4]
