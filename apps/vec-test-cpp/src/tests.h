#pragma once

void test_elements(); // tests_elements.cpp: construction, access, growth
void test_changes();  // tests_changes.cpp: insert, erase, assign, swap
void test_whole();    // tests_whole.cpp: comparison, iterators, lifetimes, other element types
