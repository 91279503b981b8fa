/* Written by math_tables.py: Stirling's series without its first term, log-gamma around 1 and 2. */
#pragma once

#include "math/double_double.h"

static const double stirling[10] = {
    -0x1.6c16c16c16c17p-9,  0x1.a01a01a01a01ap-11, -0x1.3813813813814p-11, 0x1.b951e2b18ff23p-11,
    -0x1.f6ab0d9993c7dp-10, 0x1.a41a41a41a41ap-8,  -0x1.e4286cb0f5398p-6,  0x1.6fe96381e0680p-3,
    -0x1.6476701181f3ap+0,  0x1.ace44322ce006p+3,
};

static const dd half_log_2pi = {0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55};

static const dd twelfth = {0x1.5555555555555p-4, 0x1.5555555555555p-58};

static const dd around_1[19] = {
    {-0x1.2788cfc6fb619p-1, 0x1.6cb90701fbfabp-58},  {0x1.a51a6625307d3p-1, 0x1.1873d8912200cp-56},
    {-0x1.9a4d55beab2d7p-2, 0x1.4c26d1b465993p-59},  {0x1.151322ac7d848p-2, 0x1.b5f91211196e5p-57},
    {-0x1.a8b9c17aa6149p-3, -0x1.2e826a4fdae1ap-58}, {0x1.5b40cb100c306p-3, 0x1.4a79940f15696p-59},
    {-0x1.2703a1dcea3aep-3, -0x1.6307fd0794ac4p-57}, {0x1.010b36af86397p-3, -0x1.741a635b224a6p-59},
    {-0x1.c806706d57db4p-4, -0x1.56aa806fdd3eep-58}, {0x1.9a01e385d5f8fp-4, 0x1.813418f3768cdp-59},
    {-0x1.748c33114c6d6p-4, -0x1.ea57624080720p-61}, {0x1.556ad63243bc4p-4, 0x1.5de8580fae81dp-62},
    {-0x1.3b1d971fc5985p-4, 0x1.e58607e493dfdp-59},  {0x1.2496df8320c5fp-4, 0x1.cf4b4ae040be8p-58},
    {-0x1.11133476e7fe0p-4, -0x1.dc9a4ff396ee3p-59}, {0x1.00010064cdeb2p-4, 0x1.7879d0156affep-59},
    {-0x1.e1e2d311e8abdp-5, 0x1.8d2a110ce956bp-59},  {0x1.c71ce3a20b419p-5, -0x1.be9617d035b06p-59},
    {-0x1.af28a1b5688a0p-5, -0x1.74741e885fefbp-59},
};

static const dd around_2[19] = {
    {0x1.b0ee6072093cep-2, 0x1.6cb90701fbfabp-58},
    {0x1.4a34cc4a60fa6p-2, 0x1.1873d8912200cp-56},
    {-0x1.13e001a557607p-4, 0x1.fb68be2f8821fp-58},
    {0x1.51322ac7d8483p-6, 0x1.afc89088cb729p-60},
    {-0x1.e404fc218f5f2p-8, 0x1.e4a627cf1eb34p-62},
    {0x1.7add6eadb6c30p-9, -0x1.5b7828c7fd7f4p-64},
    {-0x1.38ac5c2bf8e08p-10, 0x1.8a4c1cfd9cec8p-65},
    {0x1.0b36af86396e9p-11, -0x1.0698d6c892967p-65},
    {-0x1.d3fd4c76d2fc8p-13, 0x1.c7c55cfccbb83p-68},
    {0x1.a127b0f17d65ap-14, 0x1.9d309aa700268p-69},
    {-0x1.78de5bd7c81efp-15, 0x1.a20541cde47a6p-72},
    {0x1.580dcee66eb02p-16, 0x1.260574b258f72p-71},
    {-0x1.3cbc963ce2243p-17, 0x1.ea56e6c7d5329p-71},
    {0x1.2597a39f34aacp-18, -0x1.bf911462a7d81p-72},
    {-0x1.11b2eb7679541p-19, -0x1.c76b0e65ac63ap-75},
    {0x1.0064cdeb22f0fp-20, 0x1.d0156affdbc11p-75},
    {-0x1.e2600d93cfd2fp-22, 0x1.130ac39e5c106p-76},
    {0x1.c76bbb3f07a4dp-23, 0x1.d9a2b77769b52p-77},
    {-0x1.af5a6cbbf8a97p-24, -0x1.95f227e96d83ep-78},
};
