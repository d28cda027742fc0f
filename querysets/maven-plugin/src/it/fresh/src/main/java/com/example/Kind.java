package com.example;

public enum Kind {
    NOVEL,
    ATLAS
}
