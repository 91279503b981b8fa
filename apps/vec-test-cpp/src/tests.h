#pragma once

// Each stands in tests_NAME.cpp.
void test_elements();      // access, capacity, adding and removing at the end
void test_changes();       // insert, erase, assign, swap
void test_whole();         // comparison, iterators, algorithms, lifetimes
void test_construction();  // every constructor
void test_growth();        // when memory is taken, how much, and what happens to the elements
void test_own_elements();  // arguments that are elements of the vector itself
void test_validity();      // which iterators and references stay valid
void test_moves();         // what is moved, what is copied
void test_exceptions();    // what throws what
void test_guarantees();    // what is left after an exception
void test_allocators();    // what is asked of an allocator, and when it fails
void test_propagation();   // which allocator a vector has after assignment and swap
void test_bits();          // vector<bool>
void test_element_types(); // elements with special needs
