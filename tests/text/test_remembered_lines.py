from jianggao.text.remembered_lines import forget_all, remembered


def test_a_short_line_is_looked_at_once() -> None:
    asked: list[str] = []

    @remembered
    def letters(line: str) -> int:
        """Counts letters."""
        asked.append(line)
        return len(line)

    assert [letters("渠要清"), letters("渠"), letters("渠要清")] == [3, 1, 3]
    assert asked == ["渠要清", "渠"]
    assert letters.__doc__ == "Counts letters."


def test_a_long_line_is_not_kept() -> None:
    asked: list[str] = []
    letters = remembered(lambda line: asked.append(line))
    letters("渠" * 500)
    letters("渠" * 500)
    assert len(asked) == 2


def test_all_can_be_forgotten() -> None:
    asked: list[str] = []

    @remembered
    def length(line: str) -> int:
        asked.append(line)
        return len(line)

    assert length("渠") == length("渠") == 1 and asked == ["渠"]
    forget_all()
    assert length("渠") == 1 and asked == ["渠", "渠"]
