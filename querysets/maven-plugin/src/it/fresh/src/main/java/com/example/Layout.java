package com.example;

public record Layout(int columns, String font) {}
