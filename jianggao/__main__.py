"""`python -m jianggao`: the same as the command `jianggao`."""

from jianggao.cli.main import main

main()
