"""The process in which a document of somebody else's is read: it gives its outline as JSON, or dies.

Run by `files.outline` with the name of a format; reads the file from its input. What it imports besides the
libraries is of Python alone, so that a file that makes it run out of memory or of time takes nothing along.
"""

import json
import resource
import sys
from html.parser import HTMLParser
from io import BytesIO

MEMORY, SECONDS = 512 * 1024 * 1024, 10
MOST_CHARACTERS = 2_000_000  # of an outline; the room that takes it in has bounds of its own
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {"p", "li", "tr", "blockquote", "pre", "div", "table", "ul", "ol", *HEADINGS}
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


class OutlineReader(HTMLParser):
    """Headings, and the lines beneath each: items and rows of tables are lines, pictures and styles go."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[dict[str, object]] = []
        self.lines: list[str] = []
        self.words: list[str] = []
        self.lists: list[int] = []  # the number of the last item of each list we are in; -1: it has none
        self.cells: list[str] | None = None
        self.address = ""
        self.mark = ""
        self.is_pre = False
        self.opens = {"ul": self._begin_list, "ol": self._begin_list, "li": self._begin_item}
        self.closes = {"ul": self._end_list, "ol": self._end_list, "tr": self._end_row, "a": self._end_link}
        self._begin(0, "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS and self.cells is None:
            self._end_line()
        self.is_pre = self.is_pre or tag == "pre"
        if tag in self.opens:
            self.opens[tag](tag)
        elif tag == "tr":
            self.cells = []
        elif tag == "br":
            self.words.append(" " if self.cells is not None else "\n")
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if self.cells is None and tag in HEADINGS:
            heading = " ".join("".join(self.words).split())
            self.words = []
            self._begin(HEADINGS[tag], heading)
        elif self.cells is not None and tag in ("td", "th"):
            self.cells.append(" ".join("".join(self.words).split()))
            self.words = []
        elif self.cells is None and tag in BLOCKS:
            self._end_line()
        if tag in self.closes:
            self.closes[tag](tag)
        self.is_pre = self.is_pre and tag != "pre"

    def handle_data(self, data: str) -> None:
        self.words.append(data if self.is_pre else " ".join(data.split("\n")))

    def close(self) -> None:
        super().close()
        self._end_line()
        self._end_section()

    def _begin(self, level: int, heading: str) -> None:
        self._end_section()
        self.sections.append({"level": level, "heading": heading, "text": ""})

    def _end_section(self) -> None:
        if self.sections:
            self.sections[-1]["text"] = "\n".join(self.lines)
        self.lines = []

    def _begin_list(self, tag: str) -> None:
        self.lists.append(0 if tag == "ol" else -1)

    def _end_list(self, tag: str) -> None:
        if self.lists:
            self.lists.pop()

    def _end_row(self, tag: str) -> None:
        if self.cells is not None:
            self.lines.append(" | ".join(self.cells))
            self.cells, self.words = None, []

    def _begin_item(self, tag: str) -> None:
        depth = max(0, len(self.lists) - 1)
        number = self.lists[-1] if self.lists else -1
        if number >= 0:
            self.lists[-1] = number + 1
        self.mark = "  " * depth + (f"{number + 1}. " if number >= 0 else "– ")

    def _end_line(self) -> None:
        text = "".join(self.words).strip("\n") if self.is_pre else "".join(self.words)
        lines = [line.rstrip() if self.is_pre else " ".join(line.split()) for line in text.split("\n")]
        self.words = []
        if any(lines):
            self.lines += [self.mark + lines[0], *lines[1:]]
            self.mark = ""

    def _end_link(self, tag: str) -> None:
        if self.address.startswith(("http://", "https://")) and self.address not in "".join(self.words):
            self.words.append(f" ({self.address})")
        self.address = ""


def html_of(name: str, content: bytes) -> str:
    """What a library makes of the file."""
    if name == "docx":
        import mammoth

        without_pictures = mammoth.images.img_element(lambda image: {"src": ""})
        made = mammoth.convert_to_html(
            BytesIO(content),
            style_map=STYLES,
            convert_image=without_pictures,
            include_embedded_style_map=False,
        )
        return str(made.value)
    from markdown_it import MarkdownIt

    text = content.decode("utf-8-sig")
    return str(MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").render(text))


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    reader = OutlineReader()
    reader.feed(html_of(sys.argv[1], sys.stdin.buffer.read()))
    reader.close()
    told = json.dumps(reader.sections, ensure_ascii=False)
    if len(told) > MOST_CHARACTERS:
        sys.exit(3)
    sys.stdout.buffer.write(told.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
