"""casefhir completion: a script for the shell, which then completes commands, options and their values."""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from casefhir.cli.exits import FINE
from casefhir.cli.output import write

_EXAMPLES = """examples:
  casefhir completion bash > ~/.local/share/bash-completion/completions/casefhir
  casefhir completion zsh >> ~/.zshrc
  casefhir completion fish > ~/.config/fish/completions/casefhir.fish
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "completion",
        help="print what makes a shell complete commands",
        description="Print a script that makes a shell complete commands, options and their values.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("shell", choices=sorted(_SCRIPTS), help="the shell that reads it")
    parser.set_defaults(run=run, commands=commands)


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    write("\n".join(_SCRIPTS[arguments.shell](_commands(arguments.commands))) + "\n")
    return FINE


class _Option(NamedTuple):
    names: list[str]
    help: str
    takes_value: bool
    values: list[str]


class _Command(NamedTuple):
    name: str
    help: str
    options: list[_Option]
    words: list[str]
    """What may stand behind it, if that is one of a few words; else files."""


def _commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> list[_Command]:
    # argparse keeps what was added to a parser here, and has no public way to it.
    helps = {action.dest: action.help or "" for action in commands._choices_actions}
    return [_command(name, helps.get(name, ""), parser) for name, parser in commands.choices.items()]


def _command(name: str, help: str, parser: argparse.ArgumentParser) -> _Command:
    options = [
        _Option(list(action.option_strings), action.help or "", action.nargs != 0, list(map(str, action.choices or ())))
        for action in parser._actions
        if action.option_strings
    ]
    words = [str(word) for action in parser._actions if not action.option_strings for word in action.choices or ()]
    return _Command(name, help, options, words or (_rules() if name == "explain" else []))


def _rules() -> list[str]:
    from casefhir.cli.explain import all_rules

    return [entry.name for entry in all_rules()]


def _bash(commands: list[_Command]) -> Iterator[str]:
    yield "_casefhir() {"
    yield '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=""'
    yield '    case "${COMP_WORDS[1]} $before" in'
    for command in commands:
        for option in (option for option in command.options if option.takes_value):
            names = "|".join(f'"{command.name} {name}"' for name in option.names)
            yield f'        {names}) words="{" ".join(option.values)}" ;;'
    yield '        *) case "$COMP_CWORD ${COMP_WORDS[1]} $word" in'
    yield f'            "1 "*) words="{" ".join(command.name for command in commands)} --help --version" ;;'
    for command in commands:
        options = " ".join(name for option in command.options for name in option.names)
        yield f'            *" {command.name} -"*) words="{options}" ;;'
        yield f'            *" {command.name} "*) words="{" ".join(command.words)}" ;;'
    yield "        esac ;;"
    yield "    esac"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$word"))'
    yield "}"
    yield "complete -o default -o bashdefault -F _casefhir casefhir"


def _zsh(commands: list[_Command]) -> Iterator[str]:
    """zsh reads the completions of bash."""
    yield "autoload -U +X compinit && compinit"
    yield "autoload -U +X bashcompinit && bashcompinit"
    yield from _bash(commands)


def _fish(commands: list[_Command]) -> Iterator[str]:
    for command in commands:
        yield f"complete -c casefhir -n __fish_use_subcommand -f -a {command.name} -d {_quoted(command.help)}"
        here = f"complete -c casefhir -n '__fish_seen_subcommand_from {command.name}'"
        for option in command.options:
            names = " ".join(f"-l {n[2:]}" if n.startswith("--") else f"-s {n[1:]}" for n in option.names)
            value = f" -x -a {_quoted(' '.join(option.values))}" if option.values else " -r" * option.takes_value
            yield f"{here} {names}{value} -d {_quoted(option.help)}"
        if command.words:
            yield f"{here} -f -a {_quoted(' '.join(command.words))}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


_SCRIPTS = {"bash": _bash, "fish": _fish, "zsh": _zsh}
