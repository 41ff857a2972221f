"""What pyproject.toml cannot say: the version is the library's, and the wheel is of this kind of machine for any Python 3."""

import os

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.dist import Distribution


class OfThisMachine(Distribution):
    def has_ext_modules(self) -> bool:
        return True


class AnyPython(bdist_wheel):
    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", super().get_tag()[2]


setup(version=os.environ["MANGLUOI_VERSION"], distclass=OfThisMachine, cmdclass={"bdist_wheel": AnyPython})
