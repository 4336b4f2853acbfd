"""The sentences that explain a verdict, in Chinese and in English; all wording is here."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from pipeline.cite.numerals import MAX_NUMERAL, format_numeral
from pipeline.statutes import Place


class Sentence(NamedTuple):
    """One statement in two languages."""

    zh: str
    en: str

    def then(self, other: "Sentence") -> "Sentence":
        """Return both statements, this one first."""
        return Sentence(f"{self.zh}；{other.zh}", f"{self.en}; {other.en}")


_LISTED: Final = 6  # titles named of those that a name can mean
_SHOWN: Final = 24  # characters of words that differ


def spelled(place: Place) -> str:
    """Return 第九十六条 or 第三百八十八条之一."""
    article, suffix = place
    return f"第{_numeral(article)}条" + (f"之{_numeral(suffix)}" if suffix else "")


def _counted(place: Place) -> str:
    article, suffix = place
    return f"article {article}-{suffix}" if suffix else f"article {article}"


def _numeral(value: int) -> str:
    return format_numeral(value) if 1 <= value <= MAX_NUMERAL else "零"


def spelled_day(day: date) -> str:
    """Return 2021年1月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def unconfirmed(sentence: Sentence) -> Sentence:
    """Say that the facts stand on memory or a single mention."""
    return Sentence(f"{sentence.zh}（未经证实）", f"{sentence.en} (not confirmed)")


def no_antecedent() -> Sentence:
    """Say that the law is named nowhere before."""
    return Sentence("前文没有指明是哪一部法律", "the text does not say before which law is meant")


def by_words(title: str) -> Sentence:
    """Say that the law was found by its words."""
    return Sentence(
        f"文中没有写明是哪一部法律，所引是《{title}》的文字",
        f"the text names no law; these are the words of 《{title}》",
    )


def former_number() -> Sentence:
    """Say that the number is that of the version which an amendment changed."""
    return Sentence("此处说的是修改前的条文", "the text speaks of the version before an amendment")


def unknown(title: str) -> Sentence:
    """Say that there is no law of this name."""
    return Sentence(f"登记表里没有《{title}》", f"the registry has no law called 《{title}》")


def unregistered(title: str) -> Sentence:
    """Say that nothing is known of a norm."""
    return Sentence(
        f"登记表里没有《{title}》，不能核对", f"《{title}》 is not in the registry: not checked"
    )


def ambiguous(titles: Sequence[str]) -> Sentence:
    """Say which acts a name can mean."""
    named = [f"《{title}》" for title in titles[:_LISTED]]
    return Sentence(f"可能指：{'、'.join(named)}", f"can mean {', '.join(named)}")


def did_you_mean(written: str, title: str) -> Sentence:
    """Say which title was probably meant."""
    return Sentence(
        f"没有《{written}》，应为《{title}》",
        f"there is no 《{written}》; did you mean 《{title}》?",
    )


def repealed(title: str, day: date, successor: str | None) -> Sentence:
    """Say since when an act is out of force, and what replaced it."""
    zh, en = f"《{title}》已于{spelled_day(day)}废止", f"《{title}》 was repealed on {day}"
    if successor is None:
        return Sentence(zh, en)
    return Sentence(f"{zh}，由《{successor}》取代", f"{en} and replaced by 《{successor}》")


def now_at(place: Place) -> Sentence:
    """Say where a provision's content is now."""
    return Sentence(f"该条内容现见{spelled(place)}", f"its content is now {_counted(place)}")


def number_is(
    title: str, known: Sequence[str], cited: str, owner: str | None, unit: str = ""
) -> Sentence:
    """Say which document number an act has, and whose the cited one is."""
    zh = f"《{title}》的文号是{'、'.join(known)}，不是{cited}{unit}"
    en = f"the number of 《{title}》 is {', '.join(known)}, not {cited}"
    if owner is None:
        return Sentence(zh, en)
    return Sentence(
        f"{zh}；{cited}是《{owner}》的文号", f"{en}; {cited} is the number of 《{owner}》"
    )


def no_days(title: str) -> Sentence:
    """Say that it is not known when an act came into force."""
    return Sentence(
        f"《{title}》的施行日期未知", f"it is not known when 《{title}》 came into force"
    )


def begins(title: str, day: date) -> Sentence:
    """Say when an act comes into force."""
    return Sentence(
        f"《{title}》自{spelled_day(day)}起施行", f"《{title}》 is in force only from {day}"
    )


def since(title: str, day: date) -> Sentence:
    """Say since when the version of the day is in force."""
    return Sentence(
        f"《{title}》当日有效的版本自{spelled_day(day)}起施行",
        f"《{title}》 was in force that day, in the version from {day}",
    )


def uncounted(title: str, article: int) -> Sentence:
    """Say that nobody counted the articles."""
    return Sentence(
        f"《{title}》在当日有效版本的条数未知，不能核对{spelled((article, 0))}",
        f"how many articles 《{title}》 had that day is not known: article {article} not checked",
    )


def lacks_article(title: str, count: int, article: int) -> Sentence:
    """Say that an act ends before the article."""
    return Sentence(
        f"当日有效的《{title}》只有{count}条，没有{spelled((article, 0))}",
        f"《{title}》 as in force that day has {count} articles, no article {article}",
    )


def lacks_inserted(title: str, place: Place) -> Sentence:
    """Say that an act has no article of this name, though others beside it."""
    return Sentence(
        f"当日有效的《{title}》没有{spelled(place)}",
        f"《{title}》 as in force that day has no {_counted(place)}",
    )


def coming(day: date) -> Sentence:
    """Say from when on the article exists."""
    return Sentence(
        f"自{spelled_day(day)}起施行的版本才有", f"only the version in force from {day} has it"
    )


def lacks_part(title: str, place: Place, count: int, unit: str, wanted: int) -> Sentence:
    """Say that an article has fewer 款 or 项; `unit` is one of these two characters."""
    shown = "两" if count == 2 else _numeral(count)
    part = f"第{_numeral(wanted)}款" if unit == "款" else f"第（{_numeral(wanted)}）项"
    name = "paragraph" if unit == "款" else "item"
    has = f"只有{shown}{unit}" if count else "没有分项"
    has_en = f"{count} {name}{'' if count == 1 else 's'}" if count else f"no {name}s"
    return Sentence(
        f"当日有效的《{title}》{spelled(place)}{has}，没有{part}",
        f"{_counted(place)} of 《{title}》 as in force that day has {has_en}, no {name} {wanted}",
    )


def perhaps_another() -> Sentence:
    """Say that what an anaphor means may be another provision."""
    return Sentence("前文所指可能是别的规定", "the text may refer to another provision")


def had_before(day: date) -> Sentence:
    """Say that the version before had the part."""
    return Sentence(f"{spelled_day(day)}前的版本有", f"the version before {day} had it")


def words_are_of(title: str, matched: Place, cited: Place) -> Sentence:
    """Say whose words are quoted."""
    return Sentence(
        f"所引文字是《{title}》{spelled(matched)}的内容，不是{spelled(cited)}的",
        f"the words are those of {_counted(matched)} of 《{title}》, not of {_counted(cited)}",
    )


def renumbered(day: date, cited: Place) -> Sentence:
    """Say since when a number is another."""
    return Sentence(
        f"{spelled_day(day)}前的版本中是{spelled(cited)}，此后条文序号已改",
        f"renumbered since {day}: until then it was {_counted(cited)}",
    )


def differs(
    title: str, cited: Place, changes: Sequence[tuple[str, str]], similarity: float
) -> Sentence:
    """Say how words given as an article's differ from it; (as given, as the law has it)."""
    change = _change(*next(iter(changes), ("", "")))
    zh = f"所引文字与《{title}》{spelled(cited)}不同：{change.zh}"
    en = f"the words differ from {_counted(cited)} of 《{title}》: {change.en}"
    if len(changes) > 1:
        zh, en = f"{zh}等{len(changes)}处", f"{en}, and {len(changes) - 1} more"
    return Sentence(f"{zh}（相似度{similarity:.2f}）", f"{en} (similarity {similarity:.2f})")


def _change(given: str, law: str) -> Sentence:
    if not given:
        return Sentence(f"缺“{_cut(law)}”", f"“{_cut(law)}” is left out")
    if not law:
        return Sentence(f"多“{_cut(given)}”", f"“{_cut(given)}” is added")
    return Sentence(
        f"引作“{_cut(given)}”，原文“{_cut(law)}”", f"“{_cut(given)}” stands for “{_cut(law)}”"
    )


def former_words(day: date) -> Sentence:
    """Say that the words were the law's until an amendment."""
    return Sentence(
        f"是{spelled_day(day)}前的条文", f"these were its words in the version before {day}"
    )


def not_word_for_word(similarity: float) -> Sentence:
    """Remark on a quotation whose meaning is kept."""
    return Sentence(
        f"所引文字与条文不尽相同（相似度{similarity:.2f}）",
        f"not quoted word for word (similarity {similarity:.2f})",
    )


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
