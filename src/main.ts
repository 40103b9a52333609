#!/usr/bin/env node
import './program/main.js';
