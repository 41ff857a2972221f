#!/bin/sh
# The tables and rules have no faults.
set -eu
"$MANGLUOI" gazetteer check
